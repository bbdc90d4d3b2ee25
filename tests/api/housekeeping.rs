//! What is thrown away when its time is over.

use chrono::TimeDelta;
use concordat::services::housekeeping;

use crate::support::{TestApp, order_of};

#[tokio::test(flavor = "multi_thread")]
async fn idempotency_keys_are_thrown_away_after_a_day_and_not_before() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let order = app.partner().post("/v1/orders", order_of(&product, 1));
        let order = order.idempotency_key("once");
        order.clone().await.assert_status(201);

        // Each look at the clock takes it some microseconds further.
        app.clock
            .advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
        let early = housekeeping::sweep(&app.app).await.unwrap();
        let replayed = order.clone().await;
        app.clock.advance(TimeDelta::seconds(2));
        let swept = housekeeping::sweep(&app.app).await.unwrap();

        assert_eq!((early, swept), (0, 1), "on {}", app.backend());
        assert_eq!(replayed.header("idempotency-replayed"), "true");
        assert_eq!(app.stock_of(&product).await, 4);
    }
}
