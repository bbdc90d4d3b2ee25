//! Boxes where a type would contain itself.

use super::{Kind, Model, ModelId, Type, Types};

impl Types<'_> {
    /// Boxes every part that leads back to its own whole without a list or map in between.
    pub fn break_cycles(&mut self) {
        let component = components(&self.models);
        for (id, model) in self.models.iter_mut().enumerate() {
            let cyclic = |target: ModelId| component.get(target) == component.get(id);
            each_part(model, &mut |ty| box_cycles(ty, &cyclic));
        }
    }
}

fn each_part(model: &mut Model, visit: &mut dyn FnMut(&mut Type)) {
    match &mut model.kind {
        Kind::Struct(it) => it.fields.iter_mut().for_each(|field| visit(&mut field.ty)),
        Kind::Union(it) => it.arms.iter_mut().for_each(|arm| visit(&mut arm.ty)),
        Kind::Enum(_) | Kind::Pending => {}
    }
}

fn box_cycles(ty: &mut Type, cyclic: &dyn Fn(ModelId) -> bool) {
    match ty {
        Type::Model(id) if cyclic(*id) => *ty = Type::Boxed(Box::new(Type::Model(*id))),
        Type::Option(inner) => box_cycles(inner, cyclic),
        _ => {}
    }
}

/// Models that a value of this model holds in place.
fn held(model: &Model) -> Vec<ModelId> {
    fn inner(ty: &Type, out: &mut Vec<ModelId>) {
        match ty {
            Type::Model(id) => out.push(*id),
            Type::Option(ty) => inner(ty, out),
            _ => {}
        }
    }
    let mut out = Vec::new();
    match &model.kind {
        Kind::Struct(it) => it
            .fields
            .iter()
            .for_each(|field| inner(&field.ty, &mut out)),
        Kind::Union(it) => it.arms.iter().for_each(|arm| inner(&arm.ty, &mut out)),
        Kind::Enum(_) | Kind::Pending => {}
    }
    out
}

/// The strongly connected component of each model; a model on no cycle has one of its own.
fn components(models: &[Model]) -> Vec<usize> {
    let edges: Vec<Vec<ModelId>> = models.iter().map(held).collect();
    let mut graph = petgraph::graph::DiGraph::<(), ()>::with_capacity(models.len(), models.len());
    let nodes: Vec<_> = models.iter().map(|_| graph.add_node(())).collect();
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            graph.add_edge(nodes[from], nodes[*to], ());
        }
    }
    let mut component = vec![0; models.len()];
    for (number, members) in petgraph::algo::kosaraju_scc(&graph).iter().enumerate() {
        for member in members {
            component[member.index()] = number;
        }
    }
    component
}
