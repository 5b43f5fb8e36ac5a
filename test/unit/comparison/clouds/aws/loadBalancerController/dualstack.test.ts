import assert from "node:assert/strict";
import { predict } from "../../../../../../comparison/clouds/aws/loadBalancerController/predict.ts";
import type { NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { loadBalancerController } from "../../../../../../comparison/clouds/aws/loadBalancerController/index.ts";
import { aws } from "../../../../../../comparison/clouds/aws/index.ts";
import { comparedOf } from "../../../../../../comparison/difference/compared.ts";
import { checkPrediction } from "../../../../../../comparison/difference/prediction.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import { known } from "../../../../../../comparison/model/sourceResult.ts";
import { facts } from "../../../difference/facts.ts";
import { mutated, mutationsOf } from "../../../difference/mutations.ts";
import { dns, http } from "../cloudControllerManager/cluster.ts";
import { cluster, inWords, made, onlyGroup, service } from "./service.ts";

const dualstack = { "ip-address-type": "dualstack" };
const both = { ipFamilies: ["IPv4", "IPv6"] };
const withIpv6 = {
  ...cluster,
  subnets: cluster.subnets.map((each, index) => ({ ...each, ipv6Cidrs: [`2001:db8:0:${index}::/64`] })),
};

describe("a dual-stack load balancer of the AWS Load Balancer Controller", () => {
  it("has both kinds of addresses, and AWS's attribute for internet gateways by its scheme", () => {
    const inside = made(service({}, dualstack)).loadBalancer;
    assert.deepEqual(
      [inside.ipAddressType, inside.attributes["ipv6.deny_all_igw_traffic"]],
      ["dualstack", "true"],
    );
    const facing = made(service({}, { ...dualstack, scheme: "internet-facing" })).loadBalancer;
    assert.equal(facing.attributes["ipv6.deny_all_igw_traffic"], "false");
    assert.equal("ipv6.deny_all_igw_traffic" in made(service()).loadBalancer.attributes, false);
  });

  it("lets in everybody of both families by default, and the named ranges otherwise", () => {
    const rules = (changes: Parameters<typeof service>[0], more = {}): string[] =>
      inWords(made(service(changes, { ...dualstack, ...more })).balancer);
    assert.deepEqual(rules({}), ["tcp 80-80 from 0.0.0.0/0", "tcp 80-80 from ::/0"]);
    assert.deepEqual(rules({ loadBalancerSourceRanges: ["10.0.0.0/8"] }), ["tcp 80-80 from 10.0.0.0/8"]);
    assert.deepEqual(rules({ loadBalancerSourceRanges: ["2001:DB8:0:0::1/32"] }), [
      "tcp 80-80 from 2001:db8::/32",
    ]);
    assert.deepEqual(rules({}, { "security-group-prefix-lists": "pl-1" }), ["tcp 80-80 from pl-1"]);
  });

  it("opens types of ICMP for path MTU discovery that nobody sends, in each family its own", () => {
    const { balancer } = made(service({}, { ...dualstack, "enable-icmp-for-path-mtu-discovery": "on" }));
    assert.deepEqual(inWords(balancer).slice(2), ["icmp 2-3 from 0.0.0.0/0", "icmpv6 0-4 from ::/0"]);
  });

  it("reaches the nodes over IPv4, unless the Service has IPv6, whichever family comes first", () => {
    assert.equal(onlyGroup(service({}, dualstack)).ipAddressType, "ipv4");
    for (const ipFamilies of [["IPv6"], ["IPv4", "IPv6"], ["IPv6", "IPv4"]])
      assert.equal(onlyGroup(service({ ipFamilies }, dualstack)).ipAddressType, "ipv6");
  });

  describe("without security groups opens the nodes to", () => {
    const open = (changes: Parameters<typeof service>[0], more = {}): string[] =>
      inWords(
        made(
          service(changes, { ...dualstack, scheme: "internet-facing", "disable-nlb-sg": "true", ...more }),
          withIpv6,
        ).nodes,
      );

    it("IPv4, where the targets have it", () => {
      assert.deepEqual(open({}), ["tcp 32565-32565 from 0.0.0.0/0"]);
    });

    it("IPv6, where the targets have that", () => {
      assert.deepEqual(open(both), ["tcp 32565-32565 from ::/0"]);
    });

    it("its subnets, where the targets do not see the client, or the range does not hold them", () => {
      const subnets = ["2001:db8:0:0::/64", "2001:db8:0:1::/64"].map(
        (each) => `tcp 32565-32565 from ${each}`,
      );
      const without = { "target-group-attributes": "preserve_client_ip.enabled=false" };
      assert.deepEqual(open(both, without), subnets);
      assert.deepEqual(open({ ...both, loadBalancerSourceRanges: ["2001:db8:9::/48"] }), [
        "tcp 32565-32565 from 2001:db8:9::/48",
        ...subnets,
      ]);
      assert.deepEqual(open({ ...both, loadBalancerSourceRanges: ["::/0"] }), ["tcp 32565-32565 from ::/0"]);
    });

    it("nobody knows whom, where the source does not tell the subnets' IPv6 ranges", () => {
      const of = service(both, { ...dualstack, scheme: "internet-facing", "disable-nlb-sg": "true" });
      const predicted = predict(of, cluster);
      assert.ok(predicted.kind === "not modelled");
      assert.match(predicted.reason, /IPv6 ranges of the load balancer's subnets/);
    });
  });

  const sourceNat = { "enable-prefix-for-ipv6-source-nat": "on" };
  const ipv6Of = (more: Readonly<Record<string, string>>) => {
    const { zones, enablePrefixForIpv6SourceNat } = made(service({}, more), withIpv6).loadBalancer;
    return [
      enablePrefixForIpv6SourceNat,
      ...zones.map(({ ipv6Addresses, sourceNatIpv6Prefixes }) => [ipv6Addresses, sourceNatIpv6Prefixes]),
    ];
  };

  it("has an IPv6 address in each zone, which the Service may choose, and no prefixes", () => {
    const none = [undefined, undefined];
    assert.deepEqual(ipv6Of({}), [undefined, none, none]);
    assert.deepEqual(ipv6Of(dualstack), ["off", [[later], []], [[later], []]]);
    const chosen = { ...dualstack, "ipv6-addresses": "2001:db8:0:1:0::9,2001:DB8::8" };
    assert.deepEqual(ipv6Of(chosen), ["off", [["2001:db8::8"], []], [["2001:db8:0:1::9"], []]]);
  });

  it("has prefixes for source NAT in the order of its subnets, or those that AWS chooses", () => {
    assert.deepEqual(ipv6Of({ ...dualstack, ...sourceNat }), ["on", [[later], [later]], [[later], [later]]]);
    const prefix = "2001:db8:0:1:1::/80";
    const some = {
      ...dualstack,
      ...sourceNat,
      "source-nat-ipv6-prefixes": "auto_assigned,2001:DB8:0:1:1:0::/80",
    };
    assert.deepEqual(ipv6Of(some), ["on", [[later], [later]], [[later], [prefix]]]);
  });

  it("is not as predicted after any change of what it has for IPv6", () => {
    const prefixes = "2001:db8:0:0:1::/80,2001:db8:0:1:1::/80";
    const of = service(
      {},
      {
        ...dualstack,
        ...sourceNat,
        "ipv6-addresses": "2001:db8::8,2001:db8:0:1::9",
        "source-nat-ipv6-prefixes": prefixes,
      },
    );
    const predicted = predict(of, withIpv6);
    assert.ok(predicted.kind === "made");
    const { loadBalancer, firewall } = predicted;
    const wrongIn = (found: NlbFacts) => {
      const right = {
        ...facts.right,
        service: known(of),
        loadBalancer: known(found),
        firewall: known(firewall),
      };
      const compared = comparedOf({ ...facts, cluster: known(withIpv6), right }, aws);
      const checked = checkPrediction(compared, "right", {
        ...predicted,
        controller: loadBalancerController,
      });
      return [...checked.wrong, ...(checked.changedLater ?? [])].map(({ path }) => path);
    };
    assert.deepEqual(wrongIn(loadBalancer), []);
    const places = mutationsOf(loadBalancer, []).filter(({ path }) => /[iI]pv6/.test(path.join(" ")));
    // Two zones with an address and a prefix each, and the switch.
    assert.ok(places.length >= 5);
    for (const place of places) {
      const found = mutated(loadBalancer, place, () => "2001:db8:0:2::1");
      assert.notDeepEqual(wrongIn(found), [], `${place.path.join(" / ")}: ${place.change}`);
    }
  });

  it("has UDP listeners with prefixes for source NAT", () => {
    const { listeners } = made(service({ ports: [http, dns] }, { ...dualstack, ...sourceNat })).loadBalancer;
    assert.deepEqual(
      listeners.map(({ protocol }) => protocol),
      ["TCP", "UDP"],
    );
  });
});
