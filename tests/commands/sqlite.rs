//! A SQLite file that others lock, take away or put another in the place of.

use std::path::{Path, PathBuf};

use crate::holding::Holding;
use crate::places::Place;
use crate::shop::{Shop, UNLIMITED};
use crate::support::{Reply, Serving};

async fn sqlite() -> Place {
    Place::empty_on_each_backend().await.remove(0)
}

fn assert_refused_for_now(reply: &Reply) {
    assert_eq!(
        (reply.status, reply.header("retry-after")),
        (503, "1"),
        "{reply:?}"
    );
}

/// The file and those that SQLite keeps beside it.
fn files(url: &str) -> Vec<PathBuf> {
    ["", "-wal", "-shm"]
        .map(|end| PathBuf::from(format!("{url}{end}")))
        .into_iter()
        .filter(|path| path.exists())
        .collect()
}

fn move_away(url: &str, to: &Path) {
    for file in files(url) {
        std::fs::rename(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_another_process_writes_to_is_waited_for_and_then_refused() {
    let place = sqlite().await;
    let shop = Shop::open(&place.address(), 10);
    let serving = Serving::start(&shop.url, &[], UNLIMITED);
    let holding = Holding::take(&place).await;

    let during = shop.order(serving.address, "locked-out", 1).unwrap();
    let (read, _) = serving.get("/v1/products", &shop.key);
    let (ready, _) = serving.get("/health/ready", "");
    drop(holding);
    let after = shop.order_patiently(serving.address, "locked-out", 1);

    assert_refused_for_now(&during);
    assert_eq!((read, ready, after.status), (200, 200, 201));
    assert_eq!(shop.assert_balanced(&serving), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_taken_away_takes_no_more_orders_until_it_is_back() {
    let place = sqlite().await;
    let shop = Shop::open(&place.address(), 10);
    let serving = Serving::start(&shop.url, &[], UNLIMITED);
    shop.order_patiently(serving.address, "before", 1);
    let elsewhere = tempfile::tempdir().unwrap();

    move_away(&shop.url, elsewhere.path());
    let during = shop.order(serving.address, "during", 1).unwrap();
    let (read, _) = serving.get("/v1/products", &shop.key);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let (ready, _) = serving.get("/health/ready", "");
    let (live, _) = serving.get("/health/live", "");
    let left = files(&shop.url);
    let name = Path::new(&shop.url).file_name().unwrap();
    move_away(
        elsewhere.path().join(name).to_str().unwrap(),
        Path::new(&shop.url).parent().unwrap(),
    );

    assert_refused_for_now(&during);
    assert_eq!((read, ready, live), (503, 503, 200));
    assert!(
        left.is_empty(),
        "no other file is made in its place: {left:?}"
    );
    serving.wait_until_ready();
    let after = shop.order_patiently(serving.address, "during", 1);
    assert_eq!(after.status, 201, "{after:?}");
    assert_eq!(shop.assert_balanced(&serving), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_the_place_of_another_is_the_one_that_counts() {
    let place = sqlite().await;
    let shop = Shop::open(&place.address(), 10);
    let copy = tempfile::tempdir().unwrap();
    let name = Path::new(&shop.url).file_name().unwrap();
    for file in files(&shop.url) {
        std::fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
    }
    let serving = Serving::start(&shop.url, &[], UNLIMITED);
    shop.order_patiently(serving.address, "before", 3);
    assert_eq!(shop.product(&serving)["stock"], 7);

    // As one restores a copy: the old file goes, the other comes.
    let gone = tempfile::tempdir().unwrap();
    move_away(&shop.url, gone.path());
    move_away(
        copy.path().join(name).to_str().unwrap(),
        Path::new(&shop.url).parent().unwrap(),
    );
    serving.wait_until_ready();

    assert_eq!(shop.product(&serving)["stock"], 10);
    let order = shop.order_patiently(serving.address, "after", 1);
    assert_eq!(order.status, 201, "{order:?}");
    drop(serving);
    let again = Serving::start(&shop.url, &[], UNLIMITED);
    assert_eq!(shop.assert_balanced(&again), 1);
}
