import assert from "node:assert/strict";
import { nothing, renderAll, renderChange } from "../../../../../../lab/clouds/aws/balancer/nftables.ts";
import type { Content, Table } from "../../../../../../lab/clouds/aws/balancer/nftables.ts";

const table: Table = { name: "ip t", skeleton: "  chain base { }\n", order: ["goals", "doors"] };

interface Given {
  readonly objects?: Readonly<Record<string, readonly [string, string]>>;
  readonly chains?: Readonly<Record<string, readonly string[]>>;
  readonly elements?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const content = ({ objects = {}, chains = {}, elements = {} }: Given): Content => ({
  objects: new Map(Object.entries(objects)),
  chains: new Map(Object.entries(chains)),
  elements: new Map(
    Object.entries(elements).map(([map, entries]) => [map, new Map(Object.entries(entries))]),
  ),
});

const lines = (transaction: string | undefined): string[] => (transaction ?? "").trim().split("\n");

const one = content({
  objects: { idle_2: ["ct timeout", "{ }"] },
  chains: { a: ["jump b"], b: ["accept"] },
  elements: { doors: { "192.0.2.1": "jump a" }, goals_0: { "1": "2" } },
});

describe("the content of a table", () => {
  it("comes in the order in which one thing refers to another", () => {
    const [transaction, ...more] = renderChange(table, nothing, one);
    assert.deepEqual(more, []);
    assert.deepEqual(lines(transaction), [
      "add ct timeout ip t idle_2 { }",
      "add chain ip t a",
      "add chain ip t b",
      "add rule ip t a jump b",
      "add rule ip t b accept",
      "add element ip t goals_0 { 1 : 2 }",
      "add element ip t doors { 192.0.2.1 : jump a }",
    ]);
  });

  it("replaces all previous content of the table", () => {
    const [transaction] = renderAll(table, nothing);
    assert.deepEqual(lines(transaction), [
      "table ip t",
      "delete table ip t",
      "table ip t {",
      "  chain base { }",
      "}",
    ]);
  });

  it("is not touched if nothing changed", () => {
    assert.deepEqual(renderChange(table, one, one), []);
  });

  it("changes a chain and an element at once, each in one transaction", () => {
    const changed = content({
      objects: { idle_2: ["ct timeout", "{ }"] },
      chains: { a: ["jump b"], b: ["drop"] },
      elements: { doors: { "192.0.2.1": "drop" }, goals_0: { "1": "2" } },
    });
    const [transaction, ...more] = renderChange(table, one, changed);
    assert.deepEqual(more, []);
    assert.deepEqual(lines(transaction), [
      "flush chain ip t b",
      "add rule ip t b drop",
      "delete element ip t doors { 192.0.2.1 }",
      "add element ip t doors { 192.0.2.1 : drop }",
    ]);
  });

  it("adds to a chain that only grows", () => {
    const chains = (...rules: string[]): Content => content({ chains: { a: rules } });
    const [transaction] = renderChange(table, chains("one"), chains("one", "two"));
    assert.deepEqual(lines(transaction), ["add rule ip t a two"]);
  });

  it("splits a chain too, if it is long", () => {
    const rules = Array.from({ length: 2000 }, (_, index) => `tcp dport ${index} accept`);
    const fresh = renderChange(table, nothing, content({ chains: { a: rules } }));
    assert.ok(fresh.length > 1);
    const anew = renderChange(table, content({ chains: { a: ["drop"] } }), content({ chains: { a: rules } }));
    assert.ok(anew.length > 1);
    assert.equal(anew.join("").match(/add rule/g)?.length, 2000);
  });

  it("goes after what takes its place has come, what refers to others first", () => {
    const [add, remove, ...more] = renderChange(
      table,
      one,
      content({ elements: { doors: { "192.0.2.2": "drop" } } }),
    );
    assert.deepEqual(more, []);
    assert.deepEqual(lines(add), ["add element ip t doors { 192.0.2.2 : drop }"]);
    assert.deepEqual(lines(remove), [
      "delete element ip t doors { 192.0.2.1 }",
      "delete element ip t goals_0 { 1 }",
      "flush chain ip t a",
      "flush chain ip t b",
      "delete chain ip t a",
      "delete chain ip t b",
    ]);
  });

  it("is split where one transaction cannot hold it", () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [index.toString(), "accept"]));
    const transactions = renderChange(table, nothing, content({ elements: { doors: many } }));
    assert.ok(transactions.length > 1);
    for (const transaction of transactions) assert.ok(transaction.length <= 100_000);
    assert.equal(transactions.join("").match(/add element/g)?.length, 5000);
  });
});
