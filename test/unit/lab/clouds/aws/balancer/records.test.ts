import assert from "node:assert/strict";
import type { RecordFacts } from "../../../../../../lab/clouds/aws/balancer/facts.ts";
import { chosenRecord } from "../../../../../../lab/clouds/aws/balancer/records.ts";

const record = (target: string, weight: number): RecordFacts => ({
  name: "Shop.example.com.",
  target,
  ttlSeconds: 60,
  weight,
});

/** How often each target is chosen of a hundred times, evenly. */
function chosen(...records: RecordFacts[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let draw = 0; draw < 100; draw += 1) {
    const target = chosenRecord("shop.example.com", records, (draw + 0.5) / 100)?.target ?? "none";
    counts[target] = (counts[target] ?? 0) + 1;
  }
  return counts;
}

describe("records of one name", () => {
  it("are chosen by their weights", () => {
    assert.deepEqual(chosen(record("one", 90), record("two", 10)), { one: 90, two: 10 });
    assert.deepEqual(chosen(record("one", 3), record("two", 1)), { one: 75, two: 25 });
  });

  it("are not chosen with a weight of 0, unless all are 0", () => {
    assert.deepEqual(chosen(record("one", 0), record("two", 100)), { two: 100 });
    assert.deepEqual(chosen(record("one", 255), record("two", 0)), { one: 100 });
    assert.deepEqual(chosen(record("one", 0), record("two", 0)), { one: 50, two: 50 });
  });

  it("are not mixed with those of other names", () => {
    assert.deepEqual(chosen({ ...record("one", 1), name: "other.example.com." }), { none: 100 });
  });
});
