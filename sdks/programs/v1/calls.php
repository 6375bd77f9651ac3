<?php

// Ten calls with the generated client of version 1.0. Each prints a line of JSON.

declare(strict_types=1);

require __DIR__ . '/client.php';

use Comm100LiveChatApi\{AgentUpdate, ApiError, Client, Config, DepartmentCreate};

// #region forms
// Sends a body as a form, lists with commas. The generated client has JSON for every operation.
$asForm = function (array $request, callable $next): array {
    if (isset($request['body'])) {
        $text = fn ($value) => match (true) {
            is_array($value) => implode(',', $value),
            is_bool($value) => $value ? 'true' : 'false',
            default => $value,
        };
        $request['body'] = http_build_query(array_map($text, json_decode($request['body'], true)));
    }
    return $next($request);
};

$url = getenv('COMM100_URL');
$basic = ['username' => getenv('COMM100_EMAIL'), 'password' => getenv('COMM100_API_KEY')];
$client = new Client(new Config($url, ['basic' => $basic], middleware: [$asForm]));
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

$report = fn (string $timeFrom): array => $client->getChatVolumeReport(
    timeFrom: $timeFrom,
    timeTo: '2025-03-07T23:59:59',
    group: 'day',
);

call('list', function () use ($client): array {
    $pages = [];
    do {
        $page = $client->listChats(dateFrom: '2025-03-03', dateTo: '2025-03-03', page: count($pages) + 1);
        $pages[] = count($page->chats);
    } while (count($pages) < $page->pages);
    return ['total' => $page->total, 'pages' => $pages];
});

call('item', function () use ($client): array {
    $support = $client->getDepartment(1);
    return ['name' => $support->name, 'members' => $support->members];
});

call('report', fn () => array_map(fn ($row) => $row->chats, $report('2025-03-03T00:00:00')));

call('filter', function () use ($client): array {
    $page = $client->listOfflineMessages(dateFrom: '2025-03-06', dateTo: '2025-03-07', department: 3);
    return array_map(fn ($message) => [$message->id, $message->name], $page->offlineMessages);
});

call('creation', function () use ($client): array {
    $made = $client->createDepartment(new DepartmentCreate('Returns', members: [2, 3]));
    return ['id' => $made->id, 'name' => $made->name, 'members' => $made->members];
});

call('form', function () use ($client): array {
    $change = new AgentUpdate(isAdmin: true, title: 'Help & advice', departments: [1, 3]);
    $tom = $client->updateAgent('tom.okafor@larkspur.example', $change);
    return ['id' => $tom->id, 'title' => $tom->title, 'departments' => $tom->departments, 'isAdmin' => $tom->isAdmin];
});

call('400', fn () => rejected(fn () => $report('yesterday')));

$wrong = ['username' => $basic['username'], 'password' => 'wrong'];
call('401', fn () => rejected(fn () => (new Client(new Config($url, ['basic' => $wrong])))->getDepartment(1)));

$priya = ['username' => 'priya.nair@larkspur.example', 'password' => '00000000000000000000000000000005'];
call('403', fn () => rejected(fn () => (new Client(new Config($url, ['basic' => $priya])))->listAgents()));

call('404', fn () => rejected(fn () => $client->getDepartment(99)));
