<?php

// Run this once after each generation, beside client.php: `php allow-null.php`. Without it, a field that a response
// always has, and that can be null, is a TypeError where it is an object or a list of objects.
$code = file_get_contents('client.php');
$code = preg_replace('/(\w+::fromArray)\((\$data\[[^]]+\])\)/', '(isset($2) ? $1($2) : null)', $code);
$code = preg_replace('/(array_map\(.*), (\$data\[[^]]+\])\)/', '$1, $2 ?? [])', $code);
file_put_contents('client.php', $code);
