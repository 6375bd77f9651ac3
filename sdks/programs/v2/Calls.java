// Ten calls with the generated client of version 2.0. Each prints a line of JSON.

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

public class Calls {
    // #region forms
    /** Sends a body as a form. The generated client has JSON for every operation. */
    static class AsForm implements Middleware {
        @Override
        public void onRequest(HttpRequest.Builder builder) {
            HttpRequest request = builder.build();
            if (request.bodyPublisher().isEmpty() || request.bodyPublisher().get().contentLength() == 0) {
                return;
            }
            List<String> form = new ArrayList<>();
            ((Map<?, ?>) Json.parse(textOf(request.bodyPublisher().get()))).forEach((name, value) -> {
                if (value instanceof List<?> list) {
                    for (int index = 0; index < list.size(); index++) {
                        form.add(pair(name + "[" + index + "]", list.get(index)));
                    }
                } else {
                    form.add(pair(name, value));
                }
            });
            builder.method(request.method(), HttpRequest.BodyPublishers.ofString(String.join("&", form)));
        }

        static String pair(Object name, Object value) {
            return URLEncoder.encode(name.toString(), StandardCharsets.UTF_8)
                + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
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

    static Client as(Auth auth) {
        return new Client(new Config().serverUrl(System.getenv("COMM100_URL")).auth(auth));
    }

    public static void main(String[] words) {
        // #region first
        String url = System.getenv("COMM100_URL");
        Auth auth = new Auth().basic(System.getenv("COMM100_EMAIL"), System.getenv("COMM100_API_KEY"));
        Client client = new Client(new Config().serverUrl(url).auth(auth));
        // #endregion first

        // #region use-forms
        Client forms = new Client(new Config().serverUrl(url).auth(auth).middleware(new AsForm()));
        // #endregion use-forms

        call("token", () -> {
            OAuthToken token = forms.getAgentToken(
                new PasswordGrant("password", System.getenv("COMM100_EMAIL"), System.getenv("COMM100_PASSWORD")));
            Agent me = as(new Auth().bearer(token.accessToken())).getOwnProfile();
            return Map.of("type", token.tokenType(), "email", me.email());
        });

        call("list", () -> {
            // #region paging
            List<Integer> pages = new ArrayList<>();
            ChatPage page;
            do {
                page = client.listChats(new ListChatsParams()
                    .timeFrom("2025-03-03T00:00:00")
                    .timeTo("2025-03-03T23:59:59")
                    .pageIndex((long) pages.size())
                    .pageSize(8L));
                pages.add(page.chats().size());
            } while (!page.nextPage().isEmpty());
            // #endregion paging
            return Map.of("total", page.total(), "pages", pages);
        });

        call("item", () -> {
            Department support = client.getDepartment(1L);
            return Map.of("name", support.name(), "agents", support.agents());
        });

        call("report", () -> client.getChatVolumeReport(new GetChatVolumeReportParams()
            .timeFrom("2025-03-03T00:00:00")
            .timeTo("2025-03-07T23:59:59")
            .group("day")).stream().map(ChatVolumeRow::chats).toList());

        call("conditions", () -> client.listChats(new ListChatsParams()
            .timeFrom("2025-03-03T00:00:00")
            .timeTo("2025-03-07T23:59:59")
            .conditions0Field("email")
            .conditions0Operate("contains")
            .conditions0Value("grace.hall@")).chats().stream().map(chat -> List.of(chat.id(), chat.name())).toList());

        call("creation", () -> {
            // A record takes all its fields; this takes those that are meant, by their names in JSON.
            Department made = client.createDepartment(
                DepartmentCreate.fromJson(Map.of("name", "Returns", "agents", List.of(2L, 3L))));
            return Map.of("id", made.id(), "name", made.name(), "agents", made.agents());
        });

        call("form", () -> {
            List<String> ids =
                List.of("c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001", "c8a4e1d0-2f6b-4d39-9b15-71e0a3c50002");
            forms.deleteChats(new ChatBatchDelete(ids));
            Map<String, Object> after = new LinkedHashMap<>();
            ids.forEach(id -> after.put(id, rejected(() -> client.getChat(id)).get("status")));
            return after;
        });

        call("401", () -> rejected(() -> as(new Auth().bearer("not-a-token")).getDepartment(1L)));
        call("403", () -> rejected(() ->
            as(new Auth().basic("priya.nair@larkspur.example", "00000000000000000000000000000005")).getDepartment(1L)));
        call("404", () -> rejected(() -> client.getDepartment(99L)));
    }
}
