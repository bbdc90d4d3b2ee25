// What a partner does with the Go library.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	sdk "concordat-client"
)

var ctx = context.Background()

func client(manner string) *sdk.APIClient {
	return sdk.Connect(os.Getenv("BASE_URL")+"/"+manner, os.Getenv("API_KEY"))
}

func check(right bool, said ...any) {
	if !right {
		panic(fmt.Sprint(said...))
	}
}

func done[T any](value T, _ *http.Response, err error) T {
	check(err == nil, err)
	return value
}

func problemsAreTyped() {
	stranger := sdk.Connect(os.Getenv("BASE_URL")+"/plain", "sk_live_none")
	_, _, err := stranger.UsersAPI.ListUsers(ctx).Execute()
	problem, ok := sdk.AsProblem(err)
	check(ok && problem.Status == 401 && problem.Code == "unauthorized" && len(problem.TraceID) == 32, err)

	user := *sdk.NewUserInput("x@example.com", "x")
	_, _, err = client("plain").UsersAPI.CreateUser(ctx).UserInput(user).Execute()
	problem, ok = sdk.AsProblem(err)
	check(ok && problem.Status == 422 && problem.Errors[0].Pointer == "/username", err)
}

func listsAreReadToTheirEnd() {
	users := client("plain").UsersAPI
	made := map[string]bool{}
	for number := range 5 {
		name := fmt.Sprintf("go-%d", number)
		made[done(users.CreateUser(ctx).UserInput(*sdk.NewUserInput(name+"@example.com", name)).Execute()).Id] = true
	}
	found := map[string]bool{}
	fetch := func(cursor string) (*sdk.UserPage, error) {
		request := users.ListUsers(ctx).Limit(2)
		if cursor != "" {
			request = request.Cursor(cursor)
		}
		page, _, err := request.Execute()
		return page, err
	}
	for user, err := range sdk.ItemsOfUserPage(fetch) {
		check(err == nil && !found[user.Id], err)
		found[user.Id] = true
	}
	for id := range made {
		check(found[id], "missing ", id)
	}
}

func retriesKeepTheKey() {
	product := done(client("plain").ProductsAPI.ListProducts(ctx).Execute()).Items[0]
	order := *sdk.NewOrderInput([]sdk.OrderLineInput{*sdk.NewOrderLineInput(product.Id, 1)})
	key := fmt.Sprintf("go-%d", time.Now().UnixNano())
	placed := done(client("flaky").OrdersAPI.CreateOrder(ctx).IdempotencyKey(key).OrderInput(order).Execute())
	again, answer, err := client("plain").OrdersAPI.CreateOrder(ctx).IdempotencyKey(key).OrderInput(order).Execute()
	check(err == nil && again.Id == placed.Id && answer.Header.Get("Idempotency-Replayed") == "true", err)
}

func whatALaterVersionSaysSurvives() {
	order := done(client("future").OrdersAPI.ListOrders(ctx).Execute()).Items[0]
	check(order.Status == "from_later" && !order.Status.IsValid(), order.Status)
}

func webhooksAreVerified() {
	// The vector that the libraries of Standard Webhooks are tested with.
	secret, body, now := "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", []byte(`{"test": 2432232314}`), time.Unix(1614265330, 0)
	header := http.Header{}
	header.Set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
	header.Set("webhook-timestamp", "1614265330")
	header.Set("webhook-signature", "v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	check(sdk.VerifyWebhookAt(secret, header, body, now) == nil, "refused")
	check(errors.Is(sdk.VerifyWebhookAt(secret, header, body, now.Add(301*time.Second)), sdk.ErrWebhook), "too late")
	check(errors.Is(sdk.VerifyWebhookAt(secret, header, []byte("{}"), now), sdk.ErrWebhook), "another body")
	header.Set("webhook-id", "msg_other")
	check(errors.Is(sdk.VerifyWebhookAt(secret, header, body, now), sdk.ErrWebhook), "another id")
}

func main() {
	for _, step := range []struct {
		name string
		run  func()
	}{
		{"problems are typed", problemsAreTyped},
		{"lists are read to their end", listsAreReadToTheirEnd},
		{"retries keep the key", retriesKeepTheKey},
		{"what a later version says survives", whatALaterVersionSaysSurvives},
		{"webhooks are verified", webhooksAreVerified},
	} {
		step.run()
		fmt.Println("  ", step.name)
	}
}
