<?php

// Ten calls with the generated client of version 2.0. Each prints a line of JSON.

declare(strict_types=1);

require __DIR__ . '/client.php';

use Comm100LiveChatApi\{ApiError, ChatBatchDelete, Client, Config, DepartmentCreate, PasswordGrant};

// #region first
$url = getenv('COMM100_URL');
$basic = ['username' => getenv('COMM100_EMAIL'), 'password' => getenv('COMM100_API_KEY')];
$client = new Client(new Config($url, ['basic' => $basic]));
// #endregion first

// #region forms
// Sends a body as a form. The generated client has JSON for every operation.
$asForm = function (array $request, callable $next): array {
    if (isset($request['body'])) {
        $request['body'] = http_build_query(json_decode($request['body'], true));
    }
    return $next($request);
};
$forms = new Client(new Config($url, ['basic' => $basic], middleware: [$asForm]));
// #endregion forms

/** Prints what an action returns, or why it failed. */
function call(string $name, callable $action): void
{
    try {
        $line = ['call' => $name, 'ok' => true, 'detail' => $action()];
    } catch (Throwable $error) {
        $line = ['call' => $name, 'ok' => false, 'detail' => $error::class . ': ' . $error->getMessage()];
    }
    echo json_encode($line), "\n";
}

/** The status and the code with which the service rejects an action. */
function rejected(callable $action): array
{
    try {
        $action();
    } catch (ApiError $error) {
        return ['status' => $error->status, 'code' => $error->body['code']];
    }
    throw new RuntimeException('it was not rejected');
}

call('token', function () use ($forms, $url, $basic): array {
    $grant = new PasswordGrant('password', $basic['username'], getenv('COMM100_PASSWORD'));
    $token = $forms->getAgentToken($grant);
    $me = (new Client(new Config($url, ['bearer' => $token->accessToken])))->getOwnProfile();
    return ['type' => $token->tokenType, 'email' => $me->email];
});

call('list', function () use ($client): array {
    // #region paging
    $pages = [];
    do {
        $page = $client->listChats(
            timeFrom: '2025-03-03T00:00:00',
            timeTo: '2025-03-03T23:59:59',
            pageIndex: count($pages),
            pageSize: 8,
        );
        $pages[] = count($page->chats);
    } while ($page->nextPage !== '');
    // #endregion paging
    return ['total' => $page->total, 'pages' => $pages];
});

call('item', function () use ($client): array {
    $support = $client->getDepartment(1);
    return ['name' => $support->name, 'agents' => $support->agents];
});

call('report', function () use ($client): array {
    $rows = $client->getChatVolumeReport(
        timeFrom: '2025-03-03T00:00:00',
        timeTo: '2025-03-07T23:59:59',
        group: 'day',
    );
    return array_map(fn ($row) => $row->chats, $rows);
});

call('conditions', function () use ($client): array {
    $page = $client->listChats(
        timeFrom: '2025-03-03T00:00:00',
        timeTo: '2025-03-07T23:59:59',
        conditions0Field: 'email',
        conditions0Operate: 'contains',
        conditions0Value: 'grace.hall@',
    );
    return array_map(fn ($chat) => [$chat->id, $chat->name], $page->chats);
});

call('creation', function () use ($client): array {
    $made = $client->createDepartment(new DepartmentCreate('Returns', agents: [2, 3]));
    return ['id' => $made->id, 'name' => $made->name, 'agents' => $made->agents];
});

call('form', function () use ($client, $forms): array {
    $ids = ['c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001', 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50002'];
    $forms->deleteChats(new ChatBatchDelete($ids));
    $after = [];
    foreach ($ids as $id) {
        $after[$id] = rejected(fn () => $client->getChat($id))['status'];
    }
    return $after;
});

call('401', fn () => rejected(fn () => (new Client(new Config($url, ['bearer' => 'not-a-token'])))->getDepartment(1)));

$priya = ['username' => 'priya.nair@larkspur.example', 'password' => '00000000000000000000000000000005'];
call('403', fn () => rejected(fn () => (new Client(new Config($url, ['basic' => $priya])))->getDepartment(1)));

call('404', fn () => rejected(fn () => $client->getDepartment(99)));
