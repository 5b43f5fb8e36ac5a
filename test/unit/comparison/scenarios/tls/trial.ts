import { hosts, stages } from "../../../../../comparison/scenarios/tls/conclude.ts";
import type { Host, Measured, Told } from "../../../../../comparison/scenarios/tls/conclude.ts";
import { tls } from "../../../../../comparison/scenarios/tls/scenario.ts";
import type { TlsVersions } from "../../../../../comparison/scenarios/testbed/variants.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { trialOf, unmeasured } from "../trial.ts";

const first = "the first certificate";
const own = "the host's own certificate";
const served = (changes: Partial<Record<Host, string>> = {}): Told["served"] => ({
  ...(Object.fromEntries(hosts.map((host) => [host, first])) as Told["served"]),
  ...changes,
});

/** What the program's listener tells. The controller's has no certificate for the other host, and no protocol. */
const usual: Readonly<Record<TlsVersions, Told>> = {
  "1.2 and 1.3": {
    served: served({ "the other host": own }),
    protocol: "http/1.1",
    newest: "TLSv1.3",
    old: "refused",
    seen: "the client's",
  },
  "before 1.3": {
    served: served({ "the other host": own }),
    protocol: "http/1.1",
    newest: "TLSv1.2",
    old: "TLSv1.1",
    seen: "the load balancer's",
  },
};
const plain = { served: served(), protocol: "none" } as const;

/** As documented, but for what one side tells. */
function found(
  changes: Partial<Record<TlsVersions, Partial<Told>>> = {},
  side: "left" | "right" = "right",
): Measured {
  const told = (versions: TlsVersions, of: "left" | "right") =>
    measured({
      ...usual[versions],
      ...(of === "right" ? plain : {}),
      ...(of === side ? changes[versions] : {}),
    });
  return Object.fromEntries(
    (Object.keys(stages) as TlsVersions[]).map((versions) => [
      versions,
      { left: told(versions, "left"), right: told(versions, "right") },
    ]),
  ) as unknown as Measured;
}

const servedTo = (host: Host): string => `a client that asks for ${host} is served`;
const protocol = "protocol by ALPN of a client that offers HTTP/2 and HTTP/1.1";
const newest = (versions: TlsVersions): string => `versions ${versions}: a client with all versions gets`;
const old = (versions: TlsVersions): string => `versions ${versions}: a client with 1.1 at most gets`;
const kept = "Local, address kept: pods see";
const hidden = "Local, not kept: pods see";

export const trial = trialOf({
  scenario: tls,
  documented: found(),
  otherwise: {
    "the program's listener serves one certificate only": {
      measured: found({ "1.2 and 1.3": { served: served() } }, "left"),
      different: [servedTo("the other host")],
    },
    "clients of other hosts are served the wrong certificate": {
      measured: found({
        "1.2 and 1.3": { served: served({ "the first host": own, "an unknown host": own, "no host": own }) },
      }),
      different: [servedTo("the first host"), servedTo("an unknown host"), servedTo("no host")],
    },
    "the zones do not agree": {
      measured: found({ "1.2 and 1.3": { served: served({ "no host": `${first} and ${own}` }) } }),
      different: [servedTo("no host")],
    },
    "the program's listener chooses no protocol": {
      measured: found({ "1.2 and 1.3": { protocol: "none" } }, "left"),
      different: [protocol],
    },
    "a policy is that of the other": {
      measured: found({
        "1.2 and 1.3": { newest: "TLSv1.2", old: "TLSv1.1" },
        "before 1.3": { newest: "TLSv1.3", old: "refused" },
      }),
      different: [newest("1.2 and 1.3"), old("1.2 and 1.3"), newest("before 1.3"), old("before 1.3")],
    },
    "the load balancer hides the client though it should keep it, and the other way round": {
      measured: found({
        "1.2 and 1.3": { seen: "the load balancer's" },
        "before 1.3": { seen: "the client's" },
      }),
      different: [kept, hidden],
    },
  },
  nothing: { "1.2 and 1.3": unmeasured, "before 1.3": unmeasured },
  simulated: {
    [servedTo("the other host")]: [own, first],
    [servedTo("no host")]: [first, first],
    [protocol]: ["http/1.1", "none"],
    [old("1.2 and 1.3")]: ["refused", "refused"],
    [old("before 1.3")]: ["TLSv1.1", "TLSv1.1"],
    [kept]: ["the client's", "the client's"],
    [hidden]: ["the load balancer's", "the load balancer's"],
  },
  wrongWorlds: {
    "the cloud's controller has several certificates and a protocol": {
      physics: { controllerServesHosts: true },
      different: [servedTo("the other host"), protocol],
    },
    "old versions of TLS are always accepted": {
      physics: { refusesOldTls: false },
      different: [old("1.2 and 1.3")],
    },
  },
});
