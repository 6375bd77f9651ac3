// Ten calls with the generated client of version 2.0. Each prints a line of JSON.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"example.com/calls/client"
)

// #region forms

// asForm sends a body as a form. The generated client writes JSON, whatever the operation takes.
func asForm(request *http.Request) {
	if request.Body == nil {
		return
	}
	var fields map[string]any
	reader := json.NewDecoder(request.Body)
	reader.UseNumber()
	if reader.Decode(&fields) != nil {
		return
	}
	form := url.Values{}
	for name, value := range fields {
		if list, ok := value.([]any); ok {
			for index, item := range list {
				form.Set(fmt.Sprintf("%s[%d]", name, index), fmt.Sprint(item))
			}
		} else {
			form.Set(name, fmt.Sprint(value))
		}
	}
	text := []byte(form.Encode())
	request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	request.Body, _ = request.GetBody()
	request.ContentLength = int64(len(text))
}

// #endregion forms

var ctx = context.Background()

// basic logs in with the email and the API key of an agent.
func basic(email, key string) client.Auth {
	return client.Auth{Basic: &client.BasicAuth{Username: email, Password: key}}
}

func to[T any](value T) *T { return &value }

// call prints what an action returns, or why it failed.
func call(name string, action func() (any, error)) {
	detail, err := action()
	if err != nil {
		detail = err.Error()
	}
	line, _ := json.Marshal(map[string]any{"call": name, "ok": err == nil, "detail": detail})
	fmt.Println(string(line))
}

// rejection is the status and the code with which the service rejects a call.
func rejection[T any](_ T, err error) (any, error) {
	var rejected *client.APIError
	if !errors.As(err, &rejected) {
		return nil, fmt.Errorf("it was not rejected: %v", err)
	}
	return map[string]any{"status": rejected.Status, "code": rejected.Body.(map[string]any)["code"]}, nil
}

func main() {
	// #region first
	config := client.Config{
		ServerURL: os.Getenv("COMM100_URL"),
		Auth:      basic(os.Getenv("COMM100_EMAIL"), os.Getenv("COMM100_API_KEY")),
	}
	comm100 := client.New(config)
	// #endregion first

	// #region use-forms
	config.Middleware = []client.Middleware{{OnRequest: asForm}}
	forms := client.New(config)
	// #endregion use-forms

	as := func(auth client.Auth) *client.Client {
		return client.New(client.Config{ServerURL: os.Getenv("COMM100_URL"), Auth: auth})
	}
	bearer := func(token string) client.Auth {
		return client.Auth{Bearer: func() string { return token }}
	}

	call("token", func() (any, error) {
		password := os.Getenv("COMM100_PASSWORD")
		grant := client.PasswordGrant{GrantType: "password", Email: os.Getenv("COMM100_EMAIL"), Password: &password}
		token, err := forms.GetAgentToken(ctx, grant)
		if err != nil {
			return nil, err
		}
		me, err := as(bearer(token.AccessToken)).GetOwnProfile(ctx)
		return map[string]any{"type": token.TokenType, "email": me.Email}, err
	})

	call("list", func() (any, error) {
		// #region paging
		pages := []int{}
		for index := int64(0); ; index++ {
			page, err := comm100.ListChats(ctx, &client.ListChatsParams{
				TimeFrom:  to("2025-03-03T00:00:00"),
				TimeTo:    to("2025-03-03T23:59:59"),
				PageIndex: &index,
				PageSize:  to(int64(8)),
			})
			if err != nil {
				return nil, err
			}
			pages = append(pages, len(page.Chats))
			if page.NextPage == "" {
				return map[string]any{"total": page.Total, "pages": pages}, nil
			}
		}
		// #endregion paging
	})

	call("item", func() (any, error) {
		support, err := comm100.GetDepartment(ctx, 1)
		return map[string]any{"name": support.Name, "agents": support.Agents}, err
	})

	call("report", func() (any, error) {
		rows, err := comm100.GetChatVolumeReport(ctx, &client.GetChatVolumeReportParams{
			TimeFrom: to("2025-03-03T00:00:00"),
			TimeTo:   to("2025-03-07T23:59:59"),
			Group:    to("day"),
		})
		chats := []*float64{}
		for _, row := range rows {
			chats = append(chats, row.Chats)
		}
		return chats, err
	})

	call("conditions", func() (any, error) {
		page, err := comm100.ListChats(ctx, &client.ListChatsParams{
			TimeFrom:           to("2025-03-03T00:00:00"),
			TimeTo:             to("2025-03-07T23:59:59"),
			Conditions0Field:   to("email"),
			Conditions0Operate: to("contains"),
			Conditions0Value:   to("grace.hall@"),
		})
		found := [][]string{}
		for _, chat := range page.Chats {
			found = append(found, []string{chat.Id, chat.Name})
		}
		return found, err
	})

	call("creation", func() (any, error) {
		made, err := comm100.CreateDepartment(ctx, client.DepartmentCreate{Name: "Returns", Agents: []int64{2, 3}})
		return map[string]any{"id": made.Id, "name": made.Name, "agents": made.Agents}, err
	})

	call("form", func() (any, error) {
		ids := []string{"c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001", "c8a4e1d0-2f6b-4d39-9b15-71e0a3c50002"}
		if _, err := forms.DeleteChats(ctx, client.ChatBatchDelete{Ids: ids}); err != nil {
			return nil, err
		}
		after := map[string]any{}
		for _, id := range ids {
			gone, err := rejection(comm100.GetChat(ctx, id))
			if err != nil {
				return nil, err
			}
			after[id] = gone.(map[string]any)["status"]
		}
		return after, nil
	})

	call("401", func() (any, error) { return rejection(as(bearer("not-a-token")).GetDepartment(ctx, 1)) })
	call("403", func() (any, error) {
		priya := basic("priya.nair@larkspur.example", "00000000000000000000000000000005")
		return rejection(as(priya).GetDepartment(ctx, 1))
	})
	call("404", func() (any, error) { return rejection(comm100.GetDepartment(ctx, 99)) })
}
