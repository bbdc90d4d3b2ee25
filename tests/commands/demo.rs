//! `concordat serve --demo`.

use crate::places::Place;
use crate::support::Serving;

/// What `curl` would be told: method, path, header fields and body.
fn request(line: &str) -> (&'static str, String, Vec<&str>, &str) {
    let mut quoted = line.split('\'').collect::<Vec<_>>().into_iter();
    let (mut fields, mut body) = (Vec::new(), None);
    while let (Some(option), Some(text)) = (quoted.next(), quoted.next()) {
        match option.trim() {
            "curl -H" | "-H" => fields.push(text),
            "-d" => body = Some(text),
            _ => {
                let path = text.splitn(4, '/').nth(3).unwrap();
                let method = if body.is_some() { "POST" } else { "GET" };
                return (method, format!("/{path}"), fields, body.unwrap_or_default());
            }
        }
    }
    panic!("no address: {line}");
}

#[tokio::test]
async fn what_it_prints_works_when_pasted() {
    for place in Place::empty_on_each_backend().await {
        let mut serving = Serving::start(&place.address(), &["--demo"], &[]);
        let mut printed = Vec::new();
        while printed
            .iter()
            .filter(|line: &&String| line.contains("curl "))
            .count()
            < 2
        {
            printed.push(serving.lines.next().expect("another line").unwrap());
        }
        let docs = format!("http://{}/docs", serving.address);
        assert!(
            printed.iter().any(|line| line.ends_with(&docs)),
            "{printed:#?}"
        );
        serving.wait_until_ready();
        let is_test_key = |line: &&String| line.contains("sandbox    sk_test_");
        assert_eq!(
            printed.iter().filter(is_test_key).count(),
            1,
            "{printed:#?}"
        );

        let mut answers = Vec::new();
        for line in printed.iter().filter(|line| line.contains("curl ")) {
            let (method, path, fields, body) = request(line);
            answers.push(serving.send(method, &path, &fields, body));
        }

        let [(listed, page), (ordered, order)] = &answers[..] else {
            panic!("two requests: {printed:#?}");
        };
        assert_eq!((*listed, *ordered), (200, 201), "{answers:#?}");
        assert_eq!(page["items"].as_array().unwrap().len(), 3);
        assert_eq!(order["lines"].as_array().unwrap().len(), 1);
    }
}
