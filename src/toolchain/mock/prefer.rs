//! `Prefer` (RFC 7240): what a client wants of the mock.

use http::HeaderMap;

/// What a client wants.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Prefer {
    /// `code=404`: the status to answer.
    pub code: Option<u16>,
    /// `example=name`: the named example to answer.
    pub example: Option<String>,
    /// `dynamic=true`: no example, but what the schema gives.
    pub is_dynamic: bool,
}

impl Prefer {
    /// Reads every `Prefer` header; what is not known is left to others.
    pub fn read(headers: &HeaderMap) -> Self {
        let mut prefer = Self::default();
        let lines = headers.get_all("prefer").iter();
        for line in lines.filter_map(|line| line.to_str().ok()) {
            for preference in line.split([',', ';']) {
                let (name, value) = preference.split_once('=').unwrap_or((preference, "true"));
                let value = value.trim().trim_matches('"');
                match name.trim().to_ascii_lowercase().as_str() {
                    "code" => prefer.code = value.parse().ok(),
                    "example" => prefer.example = Some(value.to_owned()),
                    "dynamic" => prefer.is_dynamic = value == "true",
                    _ => {}
                }
            }
        }
        prefer
    }

    /// What was granted, as `Preference-Applied` says it.
    pub fn applied(&self) -> Option<String> {
        let code = self.code.map(|code| format!("code={code}"));
        let example = self.example.as_ref().map(|name| format!("example={name}"));
        let dynamic = self.is_dynamic.then(|| "dynamic=true".to_owned());
        let applied: Vec<String> = [code, example, dynamic].into_iter().flatten().collect();
        (!applied.is_empty()).then(|| applied.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_read_from_one_line_or_several() {
        let mut headers = HeaderMap::new();
        headers.append("prefer", "code=404, wait=10".parse().unwrap());
        headers.append("prefer", "example=\"not there\"; dynamic".parse().unwrap());

        let prefer = Prefer::read(&headers);

        assert_eq!(prefer.code, Some(404));
        assert_eq!(prefer.example.as_deref(), Some("not there"));
        assert!(prefer.is_dynamic);
    }
}
