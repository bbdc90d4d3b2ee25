import concordatclient.ApiException;
import concordatclient.ApiResponse;
import concordatclient.Client;
import concordatclient.Pages;
import concordatclient.ProblemDetails;
import concordatclient.Webhooks;
import concordatclient.api.OrdersApi;
import concordatclient.api.ProductsApi;
import concordatclient.api.UsersApi;
import concordatclient.model.NewOrder;
import concordatclient.model.NewOrderLine;
import concordatclient.model.NewUser;
import concordatclient.model.Order;
import concordatclient.model.OrderStatus;
import concordatclient.model.Product;
import concordatclient.model.User;
import concordatclient.model.UserPatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a partner does with the Java library. */
public final class Example {
  private static final String BASE_URL = System.getenv("BASE_URL");
  private static final String API_KEY = System.getenv("API_KEY");

  private interface Step {
    void run() throws Exception;
  }

  private static Client client(String manner) {
    return new Client(BASE_URL + "/" + manner, API_KEY);
  }

  private static void check(boolean right, Object said) {
    if (!right) {
      throw new AssertionError(said);
    }
  }

  private static ProblemDetails refused(Step call) throws Exception {
    try {
      call.run();
    } catch (ApiException error) {
      return ProblemDetails.of(error);
    }
    throw new AssertionError("it was not refused");
  }

  private static NewUser user(String name) {
    return new NewUser().username(name).email(name + "@example.com");
  }

  private static void problemsAreTyped() throws Exception {
    var stranger = new UsersApi(new Client(BASE_URL + "/plain", "sk_live_none"));
    ProblemDetails problem = refused(() -> stranger.listUsers(null, null, null, null));
    check(problem.status() == 401 && problem.code().equals("unauthorized"), problem);
    check(problem.type().equals("/problems/unauthorized") && problem.traceId().length() == 32, problem);

    var users = new UsersApi(client("plain"));
    problem = refused(() -> users.createUser(user("x"), null));
    check(problem.status() == 422 && problem.code().equals("validation-error"), problem);
    check(problem.errors().get(0).pointer().equals("/username"), problem);
    check(!problem.errors().get(0).message().isEmpty(), problem);
  }

  private static void listsAreReadToTheirEnd() throws Exception {
    var users = new UsersApi(client("plain"));
    Set<UUID> made = new HashSet<>();
    for (int number = 0; number < 5; number++) {
      made.add(users.createUser(user("java-" + number), null).getId());
    }
    Set<UUID> found = new HashSet<>();
    for (User user : Pages.itemsUserPage(cursor -> users.listUsers(null, 2, cursor, null))) {
      check(found.add(user.getId()), "twice " + user.getId());
    }
    check(found.containsAll(made), found);
  }

  private static void aPatchTellsNullFromAbsent() throws Exception {
    var users = new UsersApi(client("plain"));
    UUID id = users.createUser(user("java-patched").name("Grace").age(40), null).getId();
    User aged = users.updateUser("*", id, new UserPatch().age(41), null);
    check("Grace".equals(aged.getName()) && aged.getAge() == 41, aged);
    User nameless = users.updateUser("*", id, new UserPatch().name(null), null);
    check(nameless.getName() == null && nameless.getAge() == 41, nameless);
  }

  private static void retriesKeepTheKey() throws Exception {
    Product product = new ProductsApi(client("plain")).listProducts(null, null, null, null, null, null, null).getItems().get(0);
    var order = new NewOrder().addLinesItem(new NewOrderLine().productId(product.getId()).quantity(1));
    String key = UUID.randomUUID().toString();
    Order placed = new OrdersApi(client("flaky")).createOrder(key, order, null);
    ApiResponse<Order> again = new OrdersApi(client("plain")).createOrderWithHttpInfo(key, order, null);
    check(again.getData().getId().equals(placed.getId()), again.getData());
    Map<String, String> headers = new HashMap<>();
    again.getHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
    check("true".equals(headers.get("idempotency-replayed")), headers);
  }

  private static void whatALaterVersionSaysSurvives() throws Exception {
    Order order = new OrdersApi(client("future")).listOrders(null, null, null, null, null).getItems().get(0);
    check(order.getStatus() == OrderStatus.UNKNOWN_DEFAULT_OPEN_API, order.getStatus());
  }

  private static boolean verifies(Map<String, String> headers, String body, Instant now) {
    // The vector that the libraries of Standard Webhooks are tested with.
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    try {
      Webhooks.verify(secret, headers::get, body.getBytes(StandardCharsets.UTF_8), now);
      return true;
    } catch (Webhooks.WebhookException error) {
      return false;
    }
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  private static void webhooksAreVerified() {
    String body = "{\"test\": 2432232314}";
    Instant now = Instant.ofEpochSecond(1614265330);
    Map<String, String> headers = Map.of(
        "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp", "1614265330",
        "webhook-signature", "v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    check(verifies(headers, body, now), "refused");
    check(!verifies(headers, body.replace('4', '5'), now), "another body");
    check(!verifies(headers, body, now.plusSeconds(301)), "too late");
    check(!verifies(with(headers, "webhook-id", "msg_other"), body, now), "another id");
    check(!verifies(with(headers, "webhook-signature", "v1,AAAA"), body, now), "another signature");
    check(!verifies(with(headers, "webhook-timestamp", "soon"), body, now), "no time");
  }

  private static void run(String name, Step step) throws Exception {
    step.run();
    System.out.println("   " + name);
  }

  public static void main(String[] arguments) throws Exception {
    run("problems are typed", Example::problemsAreTyped);
    run("lists are read to their end", Example::listsAreReadToTheirEnd);
    run("a patch tells null from absent", Example::aPatchTellsNullFromAbsent);
    run("retries keep the key", Example::retriesKeepTheKey);
    run("what a later version says survives", Example::whatALaterVersionSaysSurvives);
    run("webhooks are verified", Example::webhooksAreVerified);
  }
}
