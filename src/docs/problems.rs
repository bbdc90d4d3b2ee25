//! Problem types as pages to read.

use crate::services::problems::Explained;

/// The page of one type.
pub fn problem_page(language: &str, problem: &Explained) -> String {
    let Explained {
        code,
        status,
        title,
        description,
        ..
    } = problem;
    let content = format!(
        "<h1>{}</h1>\n<p><code>{status} {code}</code></p>\n<p>{}</p>\n\
         <p><a href=\"/problems\">/problems</a></p>",
        escaped(title),
        prose(description),
    );
    page(language, title, &content)
}

/// The page that leads to those of all types.
pub fn problem_list(language: &str, problems: &[Explained]) -> String {
    let rows = problems.iter().map(|problem| {
        let Explained {
            code,
            status,
            title,
            ..
        } = problem;
        format!(
            "<dt><a href=\"/problems/{code}\"><code>{status} {code}</code></a></dt><dd>{}</dd>\n",
            escaped(title)
        )
    });
    let title = match language {
        "ko" => "문제 유형",
        _ => "Types of problems",
    };
    let content = format!("<h1>{title}</h1>\n<dl>\n{}</dl>", rows.collect::<String>());
    page(language, title, &content)
}

fn page(language: &str, title: &str, content: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <main>\n{content}\n</main>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Text whose parts between backticks are code.
fn prose(text: &str) -> String {
    let parts = escaped(text);
    let parts = parts
        .split('`')
        .enumerate()
        .map(|(index, part)| match index % 2 {
            1 => format!("<code>{part}</code>"),
            _ => part.to_owned(),
        });
    parts.collect()
}
