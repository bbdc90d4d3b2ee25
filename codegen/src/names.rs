//! Rust identifiers for the names that a contract uses.

use std::collections::HashSet;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Words that no identifier may be, even as `r#word`, or that `r#` makes ugly for no gain.
const RAW_FORBIDDEN: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Keywords of every edition up to 2024, strict and reserved.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Type names that generated code uses unqualified; a schema of that name gets the suffix `Model`, a
/// tag `Api`.
const STD_TYPES: &[&str] = &[
    "Base64",
    "Body",
    "Box",
    "BTreeMap",
    "Bytes",
    "Clone",
    "Context",
    "Copy",
    "Date",
    "DateTime",
    "Debug",
    "Decimal",
    "DecimalNumber",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Eq",
    "Err",
    "Error",
    "EventStream",
    "Upload",
    "Failure",
    "FilePart",
    "From",
    "FromStr",
    "Future",
    "Hash",
    "Host",
    "Input",
    "Into",
    "Map",
    "NaiveDate",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Place",
    "Problem",
    "Reply",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Some",
    "StatusCode",
    "String",
    "Sync",
    "ToString",
    "UnknownValue",
    "Utc",
    "Uuid",
    "Value",
    "Vec",
];

/// `Order`, `CreateOrder`: a type's name.
pub fn type_name(raw: &str) -> String {
    apart(raw, "Model")
}

/// `Orders`: the name of a tag's trait.
pub fn trait_name(raw: &str) -> String {
    apart(raw, "Api")
}

/// A name that generated code does not use otherwise; one that it does gets the suffix.
fn apart(raw: &str, suffix: &str) -> String {
    let name = guard(spell(raw).to_upper_camel_case());
    if STD_TYPES.contains(&name.as_str()) {
        return format!("{name}{suffix}");
    }
    name
}

/// A variant name: like a type name, but inside its own enum it hides nothing.
pub fn variant_name(raw: &str) -> String {
    let name = guard(spell(raw).to_upper_camel_case());
    if name == "Self" {
        return "Self_".to_owned();
    }
    name
}

/// `order_id`: a field, function, module or argument name.
pub fn value_name(raw: &str) -> String {
    let name = spell(raw).to_snake_case();
    let starts_well = name.chars().next().is_some_and(unicode_ident::is_xid_start);
    escape(if starts_well {
        name
    } else {
        guard(name).to_lowercase()
    })
}

/// `CREATE_ORDER`: a constant's name.
pub fn const_name(raw: &str) -> String {
    guard(spell(raw).to_shouty_snake_case()).to_uppercase()
}

/// A name that is a keyword becomes `r#name`, or `name_` where Rust refuses that.
fn escape(name: String) -> String {
    if RAW_FORBIDDEN.contains(&name.as_str()) {
        return format!("{name}_");
    }
    if KEYWORDS.contains(&name.as_str()) {
        return format!("r#{name}");
    }
    name
}

/// An identifier starts with a letter; one of nothing but punctuation is spelled `empty`.
fn guard(name: String) -> String {
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("N{name}"),
    }
}

/// Replaces what no identifier holds: signs that carry meaning by their names, emoji and other
/// symbols by their code points, the rest by a word boundary.
fn spell(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let only_signs = !raw
        .chars()
        .any(|c| unicode_ident::is_xid_continue(c) && c != '_');
    let mut first = true;
    for c in raw.chars() {
        if unicode_ident::is_xid_continue(c) {
            text.push(c);
        } else if let Some(word) = sign(c, first, only_signs) {
            text.push(' ');
            text.push_str(word);
            text.push(' ');
        } else if c.is_ascii() || c.is_whitespace() {
            text.push(' ');
        } else {
            text.push_str(&format!(" u{:x} ", u32::from(c)));
        }
        first = false;
    }
    text
}

fn sign(c: char, first: bool, only_signs: bool) -> Option<&'static str> {
    match c {
        '+' => Some("plus"),
        '-' if first || only_signs => Some("minus"),
        '*' => Some("star"),
        '<' => Some("lt"),
        '>' => Some("gt"),
        '=' if only_signs => Some("eq"),
        '!' if only_signs => Some("not"),
        '.' if only_signs => Some("dot"),
        '/' if only_signs => Some("slash"),
        '%' if only_signs => Some("percent"),
        '&' if only_signs => Some("and"),
        '|' if only_signs => Some("or"),
        '@' if only_signs => Some("at"),
        '#' if only_signs => Some("hash"),
        '$' if only_signs => Some("dollar"),
        '~' if only_signs => Some("tilde"),
        '_' if only_signs => Some("underscore"),
        _ => None,
    }
}

/// A scope in which every name is used once.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which these names are taken already.
    pub fn of(names: &[&str]) -> Self {
        let taken = names.iter().map(|name| name.to_lowercase());
        Self {
            taken: taken.collect(),
        }
    }

    /// `name`, or `name2`, `name3` … if it is taken; names that differ only in case count as equal,
    /// because they would share a file or a constant.
    pub fn claim(&mut self, name: String) -> String {
        if self.taken.insert(name.to_lowercase()) {
            return name;
        }
        let base = name.strip_suffix('_').unwrap_or(&name);
        let base = base.strip_prefix("r#").unwrap_or(base);
        let mut number = 2;
        loop {
            let candidate = format!("{base}{number}");
            if self.taken.insert(candidate.to_lowercase()) {
                return candidate;
            }
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, const_name, type_name, value_name, variant_name};

    #[test]
    fn words_of_rust_are_escaped() {
        assert_eq!(value_name("type"), "r#type");
        assert_eq!(value_name("gen"), "r#gen");
        assert_eq!(value_name("self"), "self_");
        assert_eq!(type_name("Result"), "ResultModel");
        assert_eq!(variant_name("Option"), "Option");
        assert_eq!(variant_name("self"), "Self_");
    }

    #[test]
    fn any_text_becomes_an_identifier() {
        assert_eq!(value_name("X-Rate-Limit"), "x_rate_limit");
        assert_eq!(type_name("3d"), "N3d");
        assert_eq!(type_name("주문"), "주문");
        assert_eq!(variant_name("-price"), "MinusPrice");
        assert_eq!(variant_name("+1"), "Plus1");
        assert_eq!(variant_name("."), "Dot");
        assert_eq!(variant_name(""), "Empty");
        assert_eq!(value_name("🚀"), "u1f680");
        assert_eq!(const_name("createOrder"), "CREATE_ORDER");
    }

    #[test]
    fn a_name_is_given_out_once() {
        let mut scope = Scope::default();

        assert_eq!(scope.claim("Order".into()), "Order");
        assert_eq!(scope.claim("ORDER".into()), "ORDER2");
        assert_eq!(scope.claim("r#type".into()), "r#type");
        assert_eq!(scope.claim("r#type".into()), "type2");
    }
}
