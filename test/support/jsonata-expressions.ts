/** Expressions of every kind about the input of a state, `I` standing for `$states.input`. */
export const JSONATA_EXPRESSIONS: readonly string[] = String.raw`
I.n
I.missing
I.missing.deeper
I.order.lines
I.order.lines.sku
I.order.lines[0]
I.order.lines[-1].sku
I.order.lines[0..1].sku
I.order.lines[[0,2]].sku
I.order.lines[sku = 'A']
I.order.lines[sku = 'B']
I.order.lines[sku = 'B'].price
I.order.lines[sku = 'Z']
I.order.lines[sku = 'B'][]
I.order.lines[sku = 'B'].sku[]
I.order.lines[quantity > 1][price < 15].sku
I.order.lines[quantity > 1 and tags].tags
I.order.lines.tags
I.order.lines.tags[0]
I.(order.lines.tags)[0]
I.order.lines.(price * quantity)
I.order.lines.{"s": sku, "t": price * quantity}
I.order.lines{sku: quantity}
I.order.lines{sku: $sum(quantity)}
I.order.lines^(price).sku
I.order.lines^(>price).sku
I.order.lines^(sku, >quantity).quantity
I.order.lines.$.sku
I.order.*
I.order.customer.*
I.order.**.city
I.**.quantity
I.nested
I.nested[0]
I.nested.$
I.nested[0][1]
I.one
I.one[0]
I.none
I.none[0]
I.list[$ > 1]
I.list^($)
I.list.($ * 2)
I.words[$ = 'a']
I.list[1]
[I.n]
[I.list, I.n]
[I.list, [I.n]]
[1..3]
[1..I.n, 9]
[3..1]
[I.missing]
{}
{"a": I.missing, "b": I.n}
{"a": I.order.lines.sku, "b": {"c": [1, [2]]}}
{I.text: 1}
{"x": 1}.x
[1,2,3][1]
(I.list)[1]
(I.order.lines)[0].sku
I.n + 1
I.n - I.zero * 2 / 4 % 3
-I.n
I.n + I.missing
I.text & '!' & I.n & I.yes & I.missing
I.text & I.list
I.n = 5
I.n = '5'
I.list = [3, 1, 2]
I.order.customer = {"address": {"city": "Bonn"}, "name": "Ann"}
I.n != I.missing
I.n < 6
I.text < 'Z'
I.n < 'a'
I.n < I.missing
2 in I.list
I.n in 5
'a' in I.words
I.yes and I.no
I.yes or I.missing
I.missing and I.yes
I.list and I.none
I.n > 3 ? 'big' : 'small'
I.missing ? 1
($x := I.n; $y := $x + 1; $x * $y)
($f := function($a, $b) { $a + $b }; $f(1, 2))
($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(10))
($f := function($n, $acc) { $n = 0 ? $acc : $f($n - 1, $acc + $n) }; $f(500, 0))
function($x) { $x }(3)
I.text ~> $uppercase()
I.text ~> $substringBefore(' ') ~> $lowercase
I.list ~> $map(function($v) { $v + 1 })
$map(I.list, function($v, $i) { $v * $i })
$map(I.list, function($v, $i, $a) { $count($a) })
$map(I.one, function($v) { $v })
$map(I.n, function($v) { $v })
$map(I.missing, function($v) { $v })
$map(I.list, $string)
$filter(I.list, function($v) { $v > 1 })
$filter(I.list, function($v) { $v > 2 })
$filter(I.list, function($v) { $v > 9 })
$single(I.list, function($v) { $v = 3 })
$single(I.list, function($v) { $v > 1 })
$reduce(I.list, function($a, $v) { $a + $v })
$reduce(I.list, function($a, $v) { $a + $v }, 10)
$reduce(I.none, function($a, $v) { $a + $v }, 10)
$reduce(I.order.lines, function($a, $l) { $a + $l.price * $l.quantity }, 0)
$each(I.order.customer, function($v, $k) { $k })
$sift(I.order.customer, function($v, $k) { $k = 'name' })
$sift(I.order.customer, function($v) { false })
$sort(I.list)
$sort(I.words)
$sort(I.order.lines, function($a, $b) { $a.price > $b.price }).price
$sort([I.n, I.text])
$sum(I.order.lines.(price * quantity))
$sum(I.list)
$sum(I.none)
$sum(I.missing)
$max(I.list)
$min(I.list)
$average(I.list)
$count(I.order.lines)
$count(I.n)
$string(I.n)
$string(I.order.customer)
$string(1/3)
$number('12.5')
$number(I.text)
$boolean(I.list)
$not(I.none)
$exists(I.missing)
$exists(I.nothing)
$keys(I.order)
$lookup(I.order.customer, 'name')
$merge([I.order.customer, {"name": "Bob"}])
$append(I.list, 4)
$append(I.missing, 4)
$append(I.n, I.list)
$spread(I.order.customer)
$reverse(I.list)
$zip(I.list, I.words)
$distinct(I.words)
$distinct(I.order.lines.sku)
$type(I.list)
$type(I.nothing)
$split(I.text, ' ')
$split(I.text, '')
$split('a1b22c', /\d+/)
$split('a1b22c', /\d+/, 1)
$split('a,b,c', ',', 2)
$join(I.words, '-')
$join(I.missing)
$contains(I.text, 'World')
$contains(I.text, /w/i)
$contains(I.text, /x/)
$match('ab12cd34', /([a-z])(\d)/)
$match('ab12cd34', /[a-z]+/, 1)
$match('xx', /y/)
$replace(I.text, 'o', '0')
$replace(I.text, 'o', '0', 1)
$replace('John Smith', /(\w+)\s(\w+)/, '$2, $1')
$replace('265USD', /([0-9]+)USD/, '$$$1')
$replace('abc', /b/, '[$0][$1][$12]')
$replace('abc', /(b)/, '[$0][$1][$2][$12]$')
$replace('a1b2', /\d/, function($m) { '<' & $m.match & '>' })
$replace('abc', /z/, 'y')
$replace('abc', '', 'y')
$replace('aXbXc', /X/, '-', 1)
$substring(I.text, 3, 2)
$substring(I.text, -5)
$length(I.text)
$trim('  a   b ')
$pad('x', 5, '#')
$pad('x', -5, 'ab')
$uppercase(I.missing)
$floor(3.7)
$round(2.5)
$round(-3.5)
$round(125, -1)
$power(2, 10)
$sqrt(16)
$abs(-4)
$formatNumber(12345.6, '#,###.00')
$formatBase(100, 2)
$formatInteger(2789, 'w')
$parseInteger('12,345', '#,##0')
$fromMillis(1510067557121)
$fromMillis(1510067557121, '[M01]/[D01]/[Y0001] [h#1]:[m01][P]')
$toMillis('2017-11-07T15:12:37.121Z')
$now()
$millis()
$base64encode(I.text)
$encodeUrlComponent('?x=test')
$error('stop')
$assert(false, 'stop')
$clone(I.order.customer)
$sum
$uppercase(I.n)
$nothing()
nothing()
$v.list
$v.list[1]
$v.list.($ + 1)
I.order.lines@$l.{"sku": $l.sku}
I.order.lines#$i.{"sku": sku, "i": $i}
I.order.lines.tags.{"tag": $, "sku": %.sku}
I.order ~> |customer|{"name": "Bob"}|
($add := function($a, $b) { $a + $b }; $inc := $add(?, 1); $inc(2))
($up := $uppercase ~> $trim; $up(' a '))
/ab/
I.text[0]
I.text.length
I.nothing.x
I.none.x
I.list{"a": $}
I.list{$string($): $}
$states
$
$$
I.order.lines.(tags ? $count(tags) : 0)
I.order.lines[$count(tags) = 1].sku
I.order.lines[0].tags[]
I.order.customer[].name
[I.order.lines.{"a": sku}][0]
I.(list[0] + n)
I.list.$string()
I.words.$length()
I.nested.[$sum($)]
I.order.lines.[sku, price]
$map(I.nested, $sum)
$map([1..3], function($x) { [$x] })
$map([1..3], function($x) { $x = 2 ? $x })
$filter([{"a": [1]}], function($x) { $x.a }).a
("a"; "b")
()
1 / 0
0 / 0
$max([])
"\u00e9" & 'x'
I["n"]
`
  .trim()
  .split('\n')
  .map((line) => line.replace(/\bI\b/g, '$states.input'));
