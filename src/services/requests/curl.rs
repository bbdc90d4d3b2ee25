//! A logged request as a command to send it again.

use crate::repository::requests::LoggedRequest;

/// Headers of a log entry that curl should not repeat: it has its own, or they name another request.
const LEFT_OUT: [&str; 2] = ["user-agent", "x-request-id"];

/// A command for a shell that sends the request again, with `$CONCORDAT_URL` for the service's
/// address and `$CONCORDAT_KEY` for the key. `None` if the body was not kept whole.
pub fn curl(request: &LoggedRequest) -> Option<String> {
    if request.body.is_none() && request.body_bytes > 0 {
        return None;
    }
    let mut command = match request.method.as_str() {
        "HEAD" => "curl --head".to_owned(),
        method => format!("curl -X {method}"),
    };
    command.push_str(&format!(" \"$CONCORDAT_URL\"{}", quoted(&request.target)));
    command.push_str(" -H \"Authorization: Bearer $CONCORDAT_KEY\"");
    for (name, value) in &request.headers.0 {
        if !LEFT_OUT.contains(&name.as_str()) {
            command.push_str(&format!(" -H {}", quoted(&format!("{name}: {value}"))));
        }
    }
    if let Some(body) = &request.body {
        command.push_str(&format!(" --data-raw {}", quoted(body)));
    }
    Some(command)
}

/// The text as one word of a POSIX shell, whatever it holds.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
