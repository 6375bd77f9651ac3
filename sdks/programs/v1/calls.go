// Ten calls with the generated client of version 1.0. Each prints a line of JSON.
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
	"strings"

	"example.com/calls/client"
)

// #region forms

// asForm sends a body as a form, lists with commas. The generated client writes JSON, whatever the operation takes.
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
			value = strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ","), "[]")
		}
		form.Set(name, fmt.Sprint(value))
	}
	text := []byte(form.Encode())
	request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	request.Body, _ = request.GetBody()
	request.ContentLength = int64(len(text))
}

// #endregion forms

var ctx = context.Background()

// as is a client that logs in with the email and the API key of an agent.
func as(email, key string) *client.Client {
	return client.New(client.Config{
		ServerURL:  os.Getenv("COMM100_URL"),
		Auth:       client.Auth{Basic: &client.BasicAuth{Username: email, Password: key}},
		Middleware: []client.Middleware{{OnRequest: asForm}},
	})
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
	comm100 := as(os.Getenv("COMM100_EMAIL"), os.Getenv("COMM100_API_KEY"))

	report := func(timeFrom string) ([]client.ChatVolumeRow, error) {
		return comm100.GetChatVolumeReport(ctx, &client.GetChatVolumeReportParams{
			TimeFrom: &timeFrom,
			TimeTo:   to("2025-03-07T23:59:59"),
			Group:    to("day"),
		})
	}

	call("list", func() (any, error) {
		pages := []int{}
		for number := int64(1); ; number++ {
			page, err := comm100.ListChats(ctx, &client.ListChatsParams{
				DateFrom: to("2025-03-03"),
				DateTo:   to("2025-03-03"),
				Page:     &number,
			})
			if err != nil {
				return nil, err
			}
			pages = append(pages, len(page.Chats))
			if number >= page.Pages {
				return map[string]any{"total": page.Total, "pages": pages}, nil
			}
		}
	})

	call("item", func() (any, error) {
		support, err := comm100.GetDepartment(ctx, 1)
		return map[string]any{"name": support.Name, "members": support.Members}, err
	})

	call("report", func() (any, error) {
		rows, err := report("2025-03-03T00:00:00")
		chats := []*float64{}
		for _, row := range rows {
			chats = append(chats, row.Chats)
		}
		return chats, err
	})

	call("filter", func() (any, error) {
		page, err := comm100.ListOfflineMessages(ctx, &client.ListOfflineMessagesParams{
			DateFrom:   to("2025-03-06"),
			DateTo:     to("2025-03-07"),
			Department: to(int64(3)),
		})
		found := [][]string{}
		for _, message := range page.OfflineMessages {
			found = append(found, []string{message.Id, message.Name})
		}
		return found, err
	})

	call("creation", func() (any, error) {
		made, err := comm100.CreateDepartment(ctx, client.DepartmentCreate{Name: "Returns", Members: []int64{2, 3}})
		return map[string]any{"id": made.Id, "name": made.Name, "members": made.Members}, err
	})

	call("form", func() (any, error) {
		tom, err := comm100.UpdateAgent(ctx, "tom.okafor@larkspur.example", client.AgentUpdate{
			IsAdmin:     to(true),
			Title:       to("Help & advice"),
			Departments: []int64{1, 3},
		})
		return map[string]any{"id": tom.Id, "title": tom.Title, "departments": tom.Departments, "isAdmin": tom.IsAdmin}, err
	})

	call("400", func() (any, error) { return rejection(report("yesterday")) })
	call("401", func() (any, error) { return rejection(as(os.Getenv("COMM100_EMAIL"), "wrong").GetDepartment(ctx, 1)) })
	call("403", func() (any, error) {
		return rejection(as("priya.nair@larkspur.example", "00000000000000000000000000000005").ListAgents(ctx))
	})
	call("404", func() (any, error) { return rejection(comm100.GetDepartment(ctx, 99)) })
}
