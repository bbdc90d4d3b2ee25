//! The `Link` header of a page.

use crate::runtime::pages::{Next, link};

fn text(uri: &'static str, cursor: Option<&str>) -> String {
    let next = Next {
        parameter: "cursor",
        cursor: cursor.map(str::to_owned),
    };
    let header = link(&uri.parse().unwrap(), &next).unwrap();
    header.to_str().unwrap().to_owned()
}

#[test]
fn a_page_links_to_the_next_with_the_same_query() {
    assert_eq!(
        text("/a?q=x%20y&cursor=old&limit=2", Some("n_w-1")),
        "</a?q=x%20y&limit=2&cursor=n_w-1>; rel=\"next\", </a?q=x%20y&limit=2>; rel=\"first\""
    );
    assert_eq!(
        text("/a", Some("a b>")),
        "</a?cursor=a%20b%3E>; rel=\"next\", </a>; rel=\"first\""
    );
}

#[test]
fn the_last_page_links_to_the_first_alone() {
    assert_eq!(text("/a?cursor=old", None), "</a>; rel=\"first\"");
    assert_eq!(
        text("/a?cursors=1&&cursor", None),
        "</a?cursors=1>; rel=\"first\""
    );
}
