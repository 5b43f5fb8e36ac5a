import assert from "node:assert/strict";
import { readName } from "../../../../comparison/sources/dns.ts";
import { PlainReason } from "../../../../comparison/sources/reasons/plainReason.ts";

const failing = (code: string) => (): Promise<never> =>
  Promise.reject(Object.assign(new Error(code), { code }));

describe("the addresses of a name", () => {
  it("are sorted, as DNS turns their order at will", async () => {
    const resolve4 = (): Promise<string[]> => Promise.resolve(["203.0.113.2", "203.0.113.1"]);
    assert.deepEqual(await readName(resolve4, "a.example"), {
      name: "a.example",
      addresses: ["203.0.113.1", "203.0.113.2"],
    });
  });

  for (const code of ["ENOTFOUND", "ENODATA"]) {
    it(`are missing in so many words if DNS answers ${code}`, async () => {
      await assert.rejects(readName(failing(code), "a.example"), (error) => {
        assert.ok(error instanceof PlainReason);
        assert.match(error.message, /^DNS has no IPv4 address for a\.example;/);
        return true;
      });
    });
  }

  it("are nothing that another failure would tell", async () => {
    await assert.rejects(readName(failing("ESERVFAIL"), "a.example"), { code: "ESERVFAIL" });
  });

  it("takes an address for its own name, without asking DNS", async () => {
    const resolve4 = (): Promise<never> => Promise.reject(new Error("nobody asks"));
    assert.deepEqual(await readName(resolve4, "203.0.113.7"), {
      name: "203.0.113.7",
      addresses: ["203.0.113.7"],
    });
  });
});
