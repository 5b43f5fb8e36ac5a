import assert from "node:assert/strict";
import { decode, encode } from "dns-packet";
import type { DecodedPacket, Packet } from "dns-packet";
import { answer } from "../../../../lab/dns/answer.ts";
import { labNames } from "../../../../lab/dns/records.ts";
import { splitMessages } from "../../../../lab/dns/stream.ts";
import { addressesOf, awsNames } from "../../../../lab/clouds/aws/balancer/names.ts";
import type { RecordFacts } from "../../../../lab/clouds/aws/balancer/facts.ts";
import { chosenRecord } from "../../../../lab/clouds/aws/balancer/records.ts";
import type { LoadBalancerState } from "../../../../lab/clouds/aws/balancer/state.ts";

const dnsName = "One-1.elb.us-west-2.amazonaws.com";

const balancer = (...healthy: boolean[]): LoadBalancerState => ({
  loadBalancerArn: "balancer",
  dnsName,
  addresses: healthy.map((each, index) => ({
    zone: `us-west-2${"abc"[index] ?? ""}`,
    subnetId: `subnet-${index.toString()}`,
    address: `203.0.113.${(index + 1).toString()}`,
    privateAddress: `10.0.8.${index.toString()}`,
    healthy: each,
  })),
});

/** Asks by way of the wire. */
function ask(
  name: string,
  balancers: LoadBalancerState[] = [],
  type: "A" | "AAAA" = "A",
  more: Packet = {},
  { records = [], random = 0 }: { records?: RecordFacts[]; random?: number } = {},
): DecodedPacket {
  const query = decode(encode({ type: "query", id: 7, flags: 256, questions: [{ type, name }], ...more }));
  const names = labNames({
    ...awsNames("/no/state"),
    addressesOf: (canonical) => addressesOf(canonical, balancers),
    aliasOf: (canonical, chosen) => chosenRecord(canonical, records, chosen),
  });
  return decode(encode(answer(query, names, (listed) => [...listed], random)));
}

/** The types leave the decoded code's name out. */
const rcode = (response: DecodedPacket): unknown => "rcode" in response && response.rcode;

const addresses = ({ answers }: DecodedPacket): unknown[] =>
  (answers ?? []).map((each) => (each.type === "A" ? each.data : each.type));

describe("the VPC's resolver", () => {
  it("answers a load balancer's name with its zones' addresses, for 60 s", () => {
    const response = ask(dnsName, [balancer(true, true, true)]);
    assert.deepEqual(addresses(response), ["203.0.113.1", "203.0.113.2", "203.0.113.3"]);
    assert.equal(response.answers?.[0]?.type === "A" && response.answers[0].ttl, 60);
    assert.equal(response.id, 7);
  });

  it("ignores case, and repeats the name as in the query", () => {
    const response = ask("ONE-1.ELB.us-west-2.amazonaws.com", [balancer(true)]);
    assert.deepEqual(addresses(response), ["203.0.113.1"]);
    assert.equal(response.answers?.[0]?.name, "ONE-1.ELB.us-west-2.amazonaws.com");
  });

  it("omits zones without healthy targets, unless all are", () => {
    assert.deepEqual(addresses(ask(dnsName, [balancer(true, false, true)])), ["203.0.113.1", "203.0.113.3"]);
    assert.deepEqual(addresses(ask(dnsName, [balancer(false, false)])), ["203.0.113.1", "203.0.113.2"]);
  });

  it("answers for one zone of a load balancer", () => {
    assert.deepEqual(addresses(ask(`us-west-2b.${dnsName}`, [balancer(true, true)])), ["203.0.113.2"]);
    assert.equal(rcode(ask(`us-west-2z.${dnsName}`, [balancer(true, true)])), "NXDOMAIN");
  });

  it("knows nodes by their names", () => {
    assert.deepEqual(addresses(ask("node-b")), ["10.0.16.10"]);
    assert.deepEqual(addresses(ask("ip-10-0-0-10.us-west-2.compute.internal")), ["10.0.0.10"]);
  });

  it("has no IPv6 addresses, which is not an error", () => {
    const response = ask(dnsName, [balancer(true)], "AAAA");
    assert.deepEqual([rcode(response), addresses(response)], ["NOERROR", []]);
    assert.equal(response.authorities?.[0]?.type, "SOA");
  });

  it("answers that other names do not exist", () => {
    const response = ask("two.elb.us-west-2.amazonaws.com", [balancer(true)]);
    assert.equal(rcode(response), "NXDOMAIN");
    assert.deepEqual(
      response.authorities?.map(({ type, name }) => `${type} ${name}`),
      ["SOA elb.us-west-2.amazonaws.com"],
    );
    assert.equal(rcode(ask("example.org")), "NXDOMAIN");
  });

  it("answers a name with one of its records by weight, with its time to live, and with the addresses behind it", () => {
    const record = (target: string, weight: number): RecordFacts => ({
      name: "shop.lab.example.",
      target,
      ttlSeconds: 5,
      weight,
    });
    const records = [record(dnsName, 90), record("gone.elb.us-west-2.amazonaws.com", 10)];
    const response = ask("Shop.lab.example", [balancer(true)], "A", {}, { records, random: 0.5 });
    assert.deepEqual(
      response.answers?.map((each) => ("ttl" in each ? [each.type, each.name, each.ttl, each.data] : [])),
      [
        ["CNAME", "Shop.lab.example", 5, dnsName],
        ["A", dnsName, 60, "203.0.113.1"],
      ],
    );
    const other = ask("shop.lab.example", [balancer(true)], "A", {}, { records, random: 0.95 });
    assert.deepEqual([rcode(other), addresses(other)], ["NXDOMAIN", ["CNAME"]]);
    const ipv6 = ask("shop.lab.example", [balancer(true)], "AAAA", {}, { records });
    assert.deepEqual([rcode(ipv6), addresses(ipv6)], ["NOERROR", ["CNAME"]]);
    assert.equal(rcode(ask("other.lab.example", [balancer(true)], "A", {}, { records })), "NXDOMAIN");
  });

  it("refuses messages that are not plain queries", () => {
    assert.equal(rcode(ask(dnsName, [], "A", { flags: 0x2800 })), "NOTIMP");
    assert.equal(rcode(ask(dnsName, [], "A", { questions: [] })), "FORMERR");
  });
});

describe("DNS over TCP", () => {
  it("gives messages as they become complete, however they arrive", () => {
    const split = splitMessages();
    const bytes = Buffer.from([0, 2, 1, 2, 0, 1, 3]);
    assert.deepEqual(
      [...bytes].map((_, index) => split(bytes.subarray(index, index + 1)).map((message) => [...message])),
      [[], [], [], [[1, 2]], [], [], [[3]]],
    );
    assert.equal(split(Buffer.concat([bytes, bytes])).length, 4);
  });
});
