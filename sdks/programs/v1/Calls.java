// Ten calls with the generated client of version 1.0. Each prints a line of JSON.

import static comm100livechatapi.Client.*;

import comm100livechatapi.Client;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Collectors;

public class Calls {
    // #region forms
    /** Sends a body as a form, lists with commas. The generated client has JSON for every operation. */
    static class AsForm implements Middleware {
        @Override
        public void onRequest(HttpRequest.Builder builder) {
            HttpRequest request = builder.build();
            if (request.bodyPublisher().isEmpty() || request.bodyPublisher().get().contentLength() == 0) {
                return;
            }
            List<String> form = new ArrayList<>();
            ((Map<?, ?>) Json.parse(textOf(request.bodyPublisher().get()))).forEach((name, value) -> {
                Object text = value instanceof List<?> list
                    ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                    : value;
                form.add(name + "=" + URLEncoder.encode(text.toString(), StandardCharsets.UTF_8));
            });
            builder.method(request.method(), HttpRequest.BodyPublishers.ofString(String.join("&", form)));
        }

        static String textOf(HttpRequest.BodyPublisher body) {
            var text = BodySubscribers.ofString(StandardCharsets.UTF_8);
            body.subscribe(new Flow.Subscriber<ByteBuffer>() {
                public void onSubscribe(Flow.Subscription subscription) { text.onSubscribe(subscription); }
                public void onNext(ByteBuffer bytes) { text.onNext(List.of(bytes)); }
                public void onError(Throwable error) { text.onError(error); }
                public void onComplete() { text.onComplete(); }
            });
            return text.getBody().toCompletableFuture().join();
        }
    }
    // #endregion forms

    /** Prints what an action returns, or why it failed. */
    static void call(String name, Supplier<Object> action) {
        Map<String, Object> line = new LinkedHashMap<>(Map.of("call", name, "ok", true));
        try {
            line.put("detail", action.get());
        } catch (RuntimeException error) {
            line.put("ok", false);
            line.put("detail", error.toString());
        }
        System.out.println(Json.write(line));
    }

    /** The status and the code with which the service rejects an action. */
    static Map<String, Object> rejected(Supplier<Object> action) {
        try {
            action.get();
        } catch (ApiException error) {
            return Map.of("status", error.status, "code", ((Map<?, ?>) error.body).get("code"));
        }
        throw new IllegalStateException("it was not rejected");
    }

    static Client as(String email, String key) {
        return new Client(new Config()
            .serverUrl(System.getenv("COMM100_URL"))
            .auth(new Auth().basic(email, key))
            .middleware(new AsForm()));
    }

    static List<ChatVolumeRow> report(Client client, String timeFrom) {
        return client.getChatVolumeReport(new GetChatVolumeReportParams()
            .timeFrom(timeFrom)
            .timeTo("2025-03-07T23:59:59")
            .group("day"));
    }

    public static void main(String[] words) {
        Client client = as(System.getenv("COMM100_EMAIL"), System.getenv("COMM100_API_KEY"));

        call("list", () -> {
            List<Integer> pages = new ArrayList<>();
            while (true) {
                ChatPage page = client.listChats(new ListChatsParams()
                    .dateFrom("2025-03-03")
                    .dateTo("2025-03-03")
                    .page(pages.size() + 1L));
                pages.add(page.chats().size());
                if (pages.size() >= page.pages()) {
                    return Map.of("total", page.total(), "pages", pages);
                }
            }
        });

        call("item", () -> {
            Department support = client.getDepartment(1L);
            return Map.of("name", support.name(), "members", support.members());
        });

        call("report", () -> report(client, "2025-03-03T00:00:00").stream().map(ChatVolumeRow::chats).toList());

        call("filter", () -> client.listOfflineMessages(new ListOfflineMessagesParams()
            .dateFrom("2025-03-06")
            .dateTo("2025-03-07")
            .department(3L)).offlineMessages().stream().map(message -> List.of(message.id(), message.name())).toList());

        call("creation", () -> {
            Department made = client.createDepartment(new DepartmentCreate("Returns", null, List.of(2L, 3L)));
            return Map.of("id", made.id(), "name", made.name(), "members", made.members());
        });

        call("form", () -> {
            AgentUpdate change = AgentUpdate.fromJson(
                Map.of("is_admin", true, "title", "Help & advice", "departments", List.of(1L, 3L)));
            Agent tom = client.updateAgent("tom.okafor@larkspur.example", change);
            return Map.of(
                "id", tom.id(), "title", tom.title(), "departments", tom.departments(), "isAdmin", tom.isAdmin());
        });

        call("400", () -> rejected(() -> report(client, "yesterday")));
        call("401", () -> rejected(() -> as(System.getenv("COMM100_EMAIL"), "wrong").getDepartment(1L)));
        call("403", () -> rejected(() ->
            as("priya.nair@larkspur.example", "00000000000000000000000000000005").listAgents()));
        call("404", () -> rejected(() -> client.getDepartment(99L)));
    }
}
