// What a partner does with the TypeScript library.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
    connect, items, OrdersApi, ProblemError, ProductsApi, UsersApi, verifyWebhook, WebhookError,
} from 'concordat-client';
import type { Order } from 'concordat-client';

function client(manner: string, accessToken = process.env.API_KEY) {
    return connect({ basePath: `${process.env.BASE_URL}/${manner}`, accessToken });
}

async function refused(call: Promise<unknown>): Promise<ProblemError> {
    const error = await call.then(() => assert.fail('it was not refused'), (error: unknown) => error);
    assert.ok(error instanceof ProblemError, String(error));
    return error;
}

const steps: Record<string, () => Promise<void>> = {
    async 'problems are typed'() {
        const stranger = await refused(new UsersApi(client('plain', 'sk_live_none')).listUsers());
        assert.deepEqual([stranger.status, stranger.code], [401, 'unauthorized']);
        assert.match(stranger.traceId ?? '', /^[0-9a-f]{32}$/);

        const users = new UsersApi(client('plain'));
        const invalid = await refused(users.createUser({ newUser: { username: 'x', email: 'x@example.com' } }));
        assert.deepEqual([invalid.status, invalid.type], [422, '/problems/validation-error']);
        assert.equal(invalid.errors[0]?.pointer, '/username');
    },

    async 'lists are read to their end'() {
        const users = new UsersApi(client('plain'));
        const made: string[] = [];
        for (let number = 0; number < 5; number += 1) {
            const username = `typescript-${number}`;
            made.push((await users.createUser({ newUser: { username, email: `${username}@example.com` } })).id);
        }
        const found: string[] = [];
        for await (const user of items((cursor) => users.listUsers({ limit: 2, cursor }))) {
            found.push(user.id);
        }
        assert.equal(new Set(found).size, found.length);
        assert.ok(made.every((id) => found.includes(id)));
    },

    async 'retries keep the key'() {
        const [product] = (await new ProductsApi(client('plain')).listProducts()).items;
        const newOrder = { lines: [{ product_id: product!.id, quantity: 1 }] };
        const idempotencyKey = randomUUID();
        const placed = await new OrdersApi(client('flaky')).createOrder({ idempotencyKey, newOrder });
        const again = await new OrdersApi(client('plain')).createOrderRaw({ idempotencyKey, newOrder });
        assert.equal((await again.value()).id, placed.id);
        assert.equal(again.raw.headers.get('Idempotency-Replayed'), 'true');
    },

    async 'what a later version says survives'() {
        const orders = new OrdersApi(client('future'));
        const found: Order[] = [];
        for await (const order of items((cursor) => orders.listOrders({ cursor }))) {
            found.push(order);
        }
        assert.equal(found[0]?.status, 'from_later');
    },

    async 'webhooks are verified'() {
        // The vector that the libraries of Standard Webhooks are tested with.
        const [secret, body, now] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', '{"test": 2432232314}', 1614265330];
        const headers = {
            'Webhook-Id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
            'Webhook-Timestamp': String(now),
            'Webhook-Signature': 'v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
        };
        assert.deepEqual(await verifyWebhook(secret, headers, body, now), { test: 2432232314 });
        await assert.rejects(verifyWebhook(secret, headers, body.replace('4', '5'), now), WebhookError);
        await assert.rejects(verifyWebhook(secret, headers, body, now + 301), WebhookError);
        await assert.rejects(verifyWebhook(secret, { ...headers, 'Webhook-Id': 'msg_other' }, body, now), WebhookError);
        await assert.rejects(verifyWebhook(secret, { ...headers, 'Webhook-Signature': 'v1,AAAA' }, body, now), WebhookError);
    },
};

async function main() {
    for (const [name, step] of Object.entries(steps)) {
        await step();
        console.log(`   ${name}`);
    }
}

void main();
