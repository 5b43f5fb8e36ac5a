import assert from "node:assert/strict";
import { changeBody, recordSetsIn, zonesIn } from "../../../../../../lab/clouds/aws/route53/documents.ts";

const namespace = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';

describe("documents of Route 53", () => {
  it("ask for changes in the order of the schema, with special characters escaped", () => {
    const recordSet = {
      name: "shop.example.com",
      type: "CNAME",
      setIdentifier: "a<b>&c",
      weight: 0,
      ttlSeconds: 60,
      values: ["one.example.com"],
    };
    assert.equal(
      changeBody([{ action: "UPSERT", recordSet }]),
      `<?xml version="1.0" encoding="UTF-8"?><ChangeResourceRecordSetsRequest ${namespace}><ChangeBatch><Changes><Change><Action>UPSERT</Action><ResourceRecordSet><Name>shop.example.com</Name><Type>CNAME</Type><SetIdentifier>a&lt;b&gt;&amp;c</SetIdentifier><Weight>0</Weight><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>one.example.com</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`,
    );
  });

  it("list zones: none, one, or several", () => {
    const zone = (id: string, isPrivate: boolean): string =>
      `<HostedZone><Id>/hostedzone/${id}</Id><Name>example.com.</Name><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone>`;
    const read = (zones: string) =>
      zonesIn(
        `<ListHostedZonesByNameResponse ${namespace}><HostedZones>${zones}</HostedZones></ListHostedZonesByNameResponse>`,
      );
    const one = { id: "Z1", name: "example.com.", isPrivate: false };
    assert.deepEqual(read(""), []);
    assert.deepEqual(read(zone("Z1", false)), [one]);
    assert.deepEqual(read(zone("Z1", false) + zone("Z2", true)), [
      one,
      { ...one, id: "Z2", isPrivate: true },
    ]);
  });

  it("list record sets with a weight, also of 0, and without", () => {
    const values = "<ResourceRecords><ResourceRecord><Value>one</Value></ResourceRecord></ResourceRecords>";
    const set = (more: string): string =>
      `<ResourceRecordSet><Name>a.example.com.</Name><Type>CNAME</Type>${more}<TTL>60</TTL>${values}</ResourceRecordSet>`;
    const weighted = "<SetIdentifier>one</SetIdentifier><Weight>0</Weight>";
    const read = recordSetsIn(
      `<ListResourceRecordSetsResponse ${namespace}><ResourceRecordSets>${set(weighted)}${set("")}</ResourceRecordSets></ListResourceRecordSetsResponse>`,
    );
    const plain = { name: "a.example.com.", type: "CNAME", ttlSeconds: 60, values: ["one"] };
    assert.deepEqual(read, [{ ...plain, setIdentifier: "one", weight: 0 }, plain]);
  });
});
