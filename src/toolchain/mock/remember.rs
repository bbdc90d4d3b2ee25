//! What a stateful mock does with the things that it is sent.

use codegen::pointer;
use serde_json::{Value, json};

use super::answers::Draft;
use super::bodies::{self, Prune, fit};
use super::{Exchange, State, lists, plain};
use crate::toolchain::traffic::declared::for_status;
use crate::toolchain::traffic::resource::{Resource, Role, id_of, singular};
use contract::runtime::Problem;
use contract::runtime::problem::boundary;

/// Tries to find an id that is right and free.
const TRIES: u64 = 40;

impl Exchange<'_> {
    /// Lets the memory of a stateful mock have its say.
    pub(super) fn remember(&self, draft: &mut Draft<'_>) -> Result<(), Problem> {
        let Some(state) = &self.mock.state else {
            return Ok(());
        };
        let Some(resource) = state.resources.get(self.index) else {
            return Ok(());
        };
        match (resource.role, resource.is_item) {
            (Role::Create, _) => self.create(state, resource, draft),
            (Role::List, _) => {
                let items = state.store.list(self.path.trim_end_matches('/'));
                lists::fill(self, draft, &items);
            }
            (role, true) => {
                let (collection, id) = self.path.rsplit_once('/').unwrap_or_default();
                let id = pointer::percent_decode(id);
                return self.item(state, role, (collection, &id), draft);
            }
            // `PUT /pets` with the id in its body.
            (_, false) => {
                let body = self.asked.body.clone().unwrap_or_default();
                let Some(id) = id_of(&body, &resource.item.1, self.path) else {
                    return Ok(());
                };
                let id = plain(&id.1);
                return self.item(state, Role::Replace, (self.path, &id), draft);
            }
        }
        Ok(())
    }

    fn create(&self, state: &State, resource: &Resource, draft: &mut Draft<'_>) {
        if !(200..300).contains(&draft.status) {
            return;
        }
        let body = self.asked.body.clone().unwrap_or_else(|| json!({}));
        let mut made = match (draft.media, draft.value.take()) {
            (Some(media), Some(_)) => {
                let full = bodies::fullest(&self.mock.contract, media);
                full.unwrap_or_else(|| body.clone())
            }
            (_, _) => body.clone(),
        };
        let judge: Box<dyn Fn(&Value) -> bool> = match draft.media {
            Some(media) => bodies::judge(&self.mock.contract, media, &made),
            None => Box::new(|_| true),
        };
        fit(&mut made, "", &body, Prune::No, &judge);
        let collection = self.path.trim_end_matches('/');
        let place = id_of(&made, &resource.item.1, collection).map(|(at, _)| at);
        self.leave_out(&body, &mut made, place.as_deref(), &judge);
        let id = self.new_id(state, resource, &body, &mut made, &judge);
        if let Some(id) = &id {
            draft.location = Some(format!("{collection}/{}", codegen::calls::wire::encode(id)));
            let mut stored = body;
            lists::merge(&mut stored, &made);
            state.store.put(collection, id, stored);
        }
        draft.value = draft.media.map(|_| made);
    }

    /// What could have been sent and was not is not there, where it need not be; the id is.
    fn leave_out(
        &self,
        body: &Value,
        made: &mut Value,
        id: Option<&str>,
        judge: bodies::Judge<'_>,
    ) {
        let contract = &self.mock.contract;
        let media = self.asked.media.unwrap_or_default();
        for name in contract.body_members(self.index, media) {
            let is_id = id == Some(pointer::join("", &name).as_str());
            if body.get(&name).is_none() && !is_id {
                bodies::remove(made, "", &name, judge);
            }
        }
    }

    /// The id of what is created: that of the body, else a new one that parameter and body take.
    fn new_id(
        &self,
        state: &State,
        resource: &Resource,
        body: &Value,
        made: &mut Value,
        judge: bodies::Judge<'_>,
    ) -> Option<String> {
        let (item, name) = &resource.item;
        let ids = self.mock.contract.parameter(*item, "path", name)?;
        let collection = self.path.trim_end_matches('/');
        let is_free = |id: &Value| state.store.get(collection, &plain(id)).is_none();
        if let Some((_, id)) = id_of(body, name, collection)
            && ids.is_valid(&id)
            && is_free(&id)
        {
            return Some(plain(&id));
        }
        let place = id_of(made, name, collection).map(|(at, _)| at);
        for _ in 0..TRIES {
            let number = state.store.number();
            for id in [
                json!(number),
                json!(uuid(self.mock.seed, number)),
                json!(number.to_string()),
                json!(format!("{}-{number}", singular(collection))),
                ids.seeded(number).unwrap_or_default(),
            ] {
                if !ids.is_valid(&id) || !is_free(&id) || id.is_null() {
                    continue;
                }
                let Some(at) = &place else {
                    return Some(plain(&id));
                };
                fit(made, at, &id, Prune::No, judge);
                if made.pointer(at) == Some(&id) {
                    return Some(plain(&id));
                }
            }
        }
        None
    }

    fn item(
        &self,
        state: &State,
        role: Role,
        (collection, id): (&str, &str),
        draft: &mut Draft<'_>,
    ) -> Result<(), Problem> {
        let known = state.store.get(collection, id);
        let may_create = role == Role::Replace && self.may_create();
        let Some(known) = known.or_else(|| may_create.then(|| json!({}))) else {
            return self.missing();
        };
        let body = self.asked.body.clone();
        let changed = match role {
            Role::Delete => {
                state.store.remove(collection, id);
                return Ok(());
            }
            Role::Replace => body.map(|body| kept_id(body, &known, collection)),
            Role::Update => body.map(|body| {
                let mut changed = known.clone();
                // A list is a patch of another kind (RFC 6902), which changes nothing here.
                if !body.is_array() {
                    merge_patch(&mut changed, &body);
                }
                changed
            }),
            _ => None,
        };
        if let Some(changed) = &changed {
            state.store.put(collection, id, changed.clone());
        }
        lists::show(self, draft, &changed.unwrap_or(known));
        Ok(())
    }

    /// Whether what is put where nothing is may be new: no 404 is declared for it.
    fn may_create(&self) -> bool {
        let operation = self.mock.contract.operations.get(self.index);
        operation.is_some_and(|it| {
            for_status(&it.responses, 201).is_some_and(|it| it.key == "201")
                || for_status(&it.responses, 404).is_none()
        })
    }

    /// 404, where the operation has one; else the answer that was made up stays.
    fn missing(&self) -> Result<(), Problem> {
        let operation = self.mock.contract.operations.get(self.index);
        let declared = operation.and_then(|it| for_status(&it.responses, 404));
        match declared {
            Some(_) => Err(Problem::new(boundary::NOT_FOUND)
                .with_detail("nothing was created under this id, or it is deleted")),
            None => Ok(()),
        }
    }
}

/// What is put keeps the id that it is put under.
fn kept_id(mut body: Value, known: &Value, collection: &str) -> Value {
    if let Some((at, id)) = id_of(known, "id", collection)
        && id_of(&body, "id", collection).is_none()
        && let (Some(members), [name]) = (
            body.as_object_mut(),
            pointer::segments(&at).collect::<Vec<_>>().as_slice(),
        )
    {
        members.insert(name.clone(), id);
    }
    body
}

/// A patch of RFC 7396.
fn merge_patch(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let Some(target) = target.as_object_mut() else {
        return;
    };
    for (name, value) in members {
        match value {
            Value::Null => drop(target.remove(name)),
            value => merge_patch(target.entry(name.clone()).or_insert(Value::Null), value),
        }
    }
}

/// A UUID of version 8 that seed and number give.
fn uuid(seed: u64, number: u64) -> String {
    let (seed, number) = (seed & 0xffff_ffff, number & 0xffff_ffff_ffff);
    format!("{seed:08x}-0000-8000-8000-{number:012x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_changes_adds_and_removes() {
        let mut target = json!({"a": 1, "b": {"c": 2, "d": 3}});

        merge_patch(&mut target, &json!({"a": null, "b": {"c": 4}, "e": [5]}));

        assert_eq!(target, json!({"b": {"c": 4, "d": 3}, "e": [5]}));
    }
}
