//! Which language a client reads (RFC 9110, section 12.5.4).

/// The offered language that `Accept-Language` likes best; the first where it names none of them.
/// A range such as `ko-KR` takes `ko` too, for lack of anything nearer.
pub fn negotiate(accepted: &str, offered: &[&'static str]) -> Option<&'static str> {
    let mut best: Option<(u32, &'static str)> = None;
    for language in offered.iter().copied() {
        let quality = quality(accepted, language);
        if quality > best.map_or(0, |(quality, _)| quality) {
            best = Some((quality, language));
        }
    }
    best.map_or_else(|| offered.first().copied(), |(_, language)| Some(language))
}

/// In thousandths; that of the most specific range that fits.
fn quality(accepted: &str, language: &str) -> u32 {
    let mut found = (0, 0);
    for range in accepted.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let weight = parts.find_map(|it| it.strip_prefix("q=").or_else(|| it.strip_prefix("Q=")));
        let quality = weight.map_or(1_000, thousandths);
        let main = tag.split('-').next().unwrap_or_default();
        let nearness = match tag {
            "*" => 1,
            _ if tag.eq_ignore_ascii_case(language) => 3,
            _ if main.eq_ignore_ascii_case(language) => 2,
            _ => continue,
        };
        if nearness > found.0 {
            found = (nearness, quality);
        }
    }
    found.1
}

/// `0.5` is 500; what is no weight is none.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match (whole, fraction.len() <= 3 && digits(fraction)) {
        ("1", true) => 1_000,
        ("0", true) => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}
