import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';

import encoder from '../lib/encode.cjs';

const { encode, DEPTH_LIMIT, SIZE_LIMIT } = encoder;

test('what JSON can say is written as JSON', () => {
  const record = { seats: 5, cleanYears: 0, region: 'CN-15', used: false, note: null, parts: [1, 'a', [], {}] };
  assert.equal(encode(record), JSON.stringify(record));
});

test('texts keep every letter', () => {
  const texts = ['', '张三', '"\\/\b\f\n\r\t', '\u0000\u001f\u007f\u2028', '😀', 'a'.repeat(1000), '~float', '保'.repeat(300)];
  for (const text of texts) assert.equal(JSON.parse(encode(text)), text);
  for (const text of texts) assert.deepEqual(JSON.parse(encode({ [text]: 1 })), { [text]: 1 });
});

test('numbers are whole and safe, or a token', () => {
  const cases = [
    [0, '0'],
    [-0, '0'],
    [5.0, '5'],
    [-42, '-42'],
    [2 ** 53 - 1, '9007199254740991'],
    [-(2 ** 53 - 1), '-9007199254740991'],
    [2 ** 53, '~integer'],
    [1e21, '~integer'],
    [Number.MAX_VALUE, '~integer'],
    [0.1, '~float'],
    [-12.5, '~float'],
    [Number.MIN_VALUE, '~float'],
    [NaN, '~nan'],
    [Infinity, '~nan'],
    [-Infinity, '~nan'],
  ];
  for (const [value, text] of cases) assert.equal(encode(value), text, String(value));
});

test('what JSON cannot say is a token', () => {
  class Risk {
    seats = 5;
  }
  const cases = [
    [() => 1, '~function'],
    [Risk, '~function'],
    [Symbol('s'), '~symbol'],
    [5n, '~bigint'],
    [undefined, '~undefined'],
    [new Date(0), '~datetime'],
    [new Map([['a', 1]]), '~map'],
    [new Set([1]), '~other'],
    [new Risk(), '~other'],
    [new String('a'), '~other'],
    [new Number(1), '~other'],
    [/a/, '~other'],
    [new Error('a'), '~other'],
    [Promise.resolve(), '~other'],
    [Buffer.from('a'), '~bytes'],
    [new Uint8Array(1), '~bytes'],
    [new DataView(new ArrayBuffer(1)), '~bytes'],
    [new ArrayBuffer(1), '~bytes'],
    ['\ud800', '~surrogate'],
    ['a\udc00b', '~surrogate'],
    [`${'a'.repeat(1000)}\ud83d`, '~surrogate'],
  ];
  for (const [value, token] of cases) {
    assert.equal(encode(value), token);
    assert.equal(encode([value]), `[${token}]`);
    if (value !== undefined) assert.equal(encode({ a: value }), `{"a":${token}}`);
  }
});

test('an undefined property is left out, an undefined item is not', () => {
  assert.equal(encode({ a: undefined, b: 1, c: undefined }), '{"b":1}');
  assert.equal(encode([1, undefined, 2]), '[1,~undefined,2]');
  assert.equal(encode([1, , 2]), '[1,~undefined,2]'); // eslint-disable-line no-sparse-arrays
});

test('a kind is written first, where it is one', () => {
  assert.equal(encode({ of: [], kind: 'all' }), '{"kind":"all","of":[]}');
  assert.equal(encode({ of: [{ to: 1, kind: 'is' }], kind: 'all' }), '{"kind":"all","of":[{"kind":"is","to":1}]}');
  assert.equal(encode({ of: [], kind: 1 }), '{"of":[],"kind":1}');
  assert.equal(encode({ of: [], kind: undefined }), '{"of":[]}');
});

test('objects of another realm and without prototype are plain, instances are not', () => {
  assert.equal(encode(vm.runInNewContext('({ seats: 5, parts: [1] })')), '{"seats":5,"parts":[1]}');
  assert.equal(encode(vm.runInNewContext('new Date(0)')), '~datetime');
  assert.equal(encode(vm.runInNewContext('new Map()')), '~map');
  assert.equal(encode(Object.assign(Object.create(null), { seats: 5 })), '{"seats":5}');
  assert.equal(encode(Object.create({ inherited: 1 }, {})), '~other');
});

test('only own, enumerable, string-named properties count', () => {
  const record = { seats: 5, [Symbol('s')]: 1 };
  Object.defineProperty(record, 'hidden', { value: 1, enumerable: false });
  assert.equal(encode(record), '{"seats":5}');
  assert.equal(encode({ a: 1, toJSON: () => ({ b: 2 }) }), '{"a":1,"toJSON":~function}');
});

test('a key called __proto__ is data', () => {
  const record = JSON.parse('{"__proto__":{"seats":5},"constructor":1}');
  assert.equal(encode(record), '{"__proto__":{"seats":5},"constructor":1}');
  assert.equal({}.seats, undefined);
});

test('a getter or proxy that throws is a token, nothing else is lost', () => {
  const throwing = {
    before: 1,
    get seats() {
      throw new Error('secret');
    },
    after: 2,
  };
  assert.equal(encode(throwing), '{"before":1,"seats":~other,"after":2}');
  const refuse = () => {
    throw new Error('secret');
  };
  for (const trap of ['getPrototypeOf', 'ownKeys', 'getOwnPropertyDescriptor', 'get']) {
    const text = encode([new Proxy({ a: 1 }, { [trap]: refuse })]);
    assert.match(text, /^\[(~other|\{"a":~other\})\]$/, trap);
  }
  assert.equal(encode([new Proxy([1], { get: refuse })]), '[~other]');
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.equal(encode([proxy]), '[~other]');
});

test('a cycle ends', () => {
  const one = { a: 1 };
  one.self = one;
  const text = encode(one);
  assert.equal(text.split('{').length - 1, DEPTH_LIMIT);
  assert.match(text, /"self":~depth}+$/);

  // Two ways round at every level: nothing may be written once the end is known.
  const two = {};
  two.left = two;
  two.right = two;
  assert.ok(encode(two).length < DEPTH_LIMIT * 20);
});

test('nesting ends at the limit, and just below it nothing is lost', () => {
  const nested = (levels) => {
    let value = [];
    for (let level = 1; level < levels; level += 1) value = [value];
    return value;
  };
  assert.equal(encode(nested(DEPTH_LIMIT)), '['.repeat(DEPTH_LIMIT) + ']'.repeat(DEPTH_LIMIT));
  assert.equal(encode(nested(DEPTH_LIMIT + 1)), `${'['.repeat(DEPTH_LIMIT)}~depth${']'.repeat(DEPTH_LIMIT)}`);
  assert.equal(encode(nested(10_000)), `${'['.repeat(DEPTH_LIMIT)}~depth${']'.repeat(DEPTH_LIMIT)}`);
});

test('a value that shares its parts without end stops behind the size limit', () => {
  let value = 'x'.repeat(1000);
  for (let level = 0; level < 40; level += 1) value = [value, value];
  const { length } = encode(value);
  assert.ok(length > SIZE_LIMIT && length < SIZE_LIMIT + 10_000, `${length}`);
});
