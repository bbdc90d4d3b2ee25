//! A request as a command that sends it again.

use codegen::calls::Call;

/// A command of curl for a request to the service at `base`. The `secrets`, a text and the name of the
/// variable that stands for it, are left out of it.
pub fn of(base: &str, call: &Call, secrets: &[(String, String)]) -> String {
    let mut command = String::from("curl -i");
    if call.method == "HEAD" {
        command.push_str(" --head");
    } else if call.method != "GET" || !call.body.is_empty() {
        command.push_str(&format!(" -X {}", call.method));
    }
    command.push(' ');
    command.push_str(&quoted(&format!("{base}{}", call.target), secrets));
    for (name, value) in &call.headers {
        command.push_str(&format!(
            " -H {}",
            quoted(&format!("{name}: {value}"), secrets)
        ));
    }
    if !call.body.is_empty() {
        let body = String::from_utf8_lossy(&call.body);
        command.push_str(&format!(" --data-binary {}", quoted(&body, secrets)));
    }
    command
}

/// A text as a shell takes it; secrets are variables.
fn quoted(text: &str, secrets: &[(String, String)]) -> String {
    let mut quoted = format!("'{}'", text.replace('\'', r"'\''"));
    for (secret, variable) in secrets.iter().filter(|(secret, _)| !secret.is_empty()) {
        quoted = quoted.replace(secret.as_str(), &format!("'\"${variable}\"'"));
    }
    quoted
}

#[cfg(test)]
mod tests {
    use codegen::calls::Wanted;

    use super::*;

    #[test]
    fn a_request_is_quoted_and_its_secrets_are_variables() {
        let call = Call {
            operation: "a".into(),
            what: "valid".into(),
            wanted: Wanted::Handler,
            method: "POST".into(),
            target: "/a?b=c".into(),
            headers: vec![("Authorization".into(), "Bearer s3cret".into())],
            body: b"{\"it's\": 1}".to_vec(),
        };

        let command = of("http://h", &call, &[("s3cret".into(), "TOKEN".into())]);

        assert_eq!(
            command,
            r#"curl -i -X POST 'http://h/a?b=c' -H 'Authorization: Bearer '"$TOKEN"'' --data-binary '{"it'\''s": 1}'"#
        );
    }
}
