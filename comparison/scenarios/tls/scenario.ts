/** TLS that load balancers end: which certificate, protocol and version clients are served, and which client address pods see. */
import type { ServicePort } from "../../../components/core/index.ts";
import { eventually } from "../../eventually.ts";
import type { TlsAnswer, TlsQuestion } from "../../traffic/tls.ts";
import { attempt } from "../outcome.ts";
import { onBothSides } from "../sides.ts";
import type { Scenario } from "../scenario.ts";
import { healthyOnce, testbedHealthy } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { EndsTls, TlsVersions } from "../testbed/variants.ts";
import { timing } from "../timing.ts";
import { addressOwner, addressesAround } from "../traffic/addressOwner.ts";
import { conclude, stages } from "./conclude.ts";
import type { Measured, Told } from "./conclude.ts";
import { none, refused } from "./expectations.ts";
import type { Served } from "./expectations.ts";

const port: ServicePort = { name: "https", port: 443, targetPort: "http" };

const first = "first.example.com";
const other = "other.example.com";
const unknown = "unknown.example.com";

export const tls: Scenario<Measured> = {
  id: "tls",
  title: "TLS ends at the load balancer",
  question:
    "Which certificate, protocol and version of TLS are clients served, and which client address does a pod see?",
  quick: false,
  needs: ["TLS", "zonal addresses", "client address", "members by node", "member health"],
  async measure(testbed) {
    const { certificates } = testbed;
    const added: string[] = [];
    const add = async (host: string): Promise<string> => {
      const name = await certificates.add(host);
      added.push(name);
      return name;
    };
    try {
      const names: [string, string] = [await add(first), await add(other)];
      const found: [TlsVersions, Measured[TlsVersions]][] = [];
      for (const versions of Object.keys(stages) as TlsVersions[])
        found.push([versions, await askWith(testbed, { certificates: names, versions })]);
      return Object.fromEntries(found) as unknown as Measured;
    } finally {
      try {
        await testbed.deploy();
        await testbedHealthy(testbed);
      } finally {
        await Promise.all(added.map((name) => unused(testbed, name)));
      }
    }
  },
  conclude,
};

/** A controller may still be about to delete the listener. */
async function unused({ certificates, clock }: Testbed, name: string): Promise<void> {
  await eventually(
    `certificate ${name} deleted`,
    () => certificates.remove(name).then(() => true),
    timing.controllerSeconds,
    clock,
  );
}

async function askWith(testbed: Testbed, ends: EndsTls): Promise<Measured[TlsVersions]> {
  const { cloud, signal } = testbed;
  const variant = stages[ends.versions];
  const deployed = await attempt(
    () =>
      testbed.deploy({
        variant,
        ports: (declared) => [...declared, port],
        tls: { [port.name]: ends },
      }),
    signal,
  );
  if (deployed.kind !== "measured") return { left: deployed, right: deployed };
  const listens = async ({ address }: Target): Promise<boolean> =>
    (await cloud.listeningPorts(address)).includes(port.port);
  return onBothSides(testbed.targets(variant), signal, async (target) => {
    await healthyOnce(testbed, target, `a listener on port ${port.port}`, listens);
    return told(testbed, target);
  });
}

/** Each question at each zone's address. */
async function told(testbed: Testbed, target: Target): Promise<Told> {
  const zones = await testbed.cloud.zones(target.address);
  const ask = (question: Partial<TlsQuestion>): Promise<TlsAnswer[]> =>
    Promise.all(
      zones.map(({ address: host }) =>
        testbed.askByTls({
          host,
          port: port.port,
          protocols: ["h2", "http/1.1"],
          newestVersion: "TLSv1.3",
          timeoutMilliseconds: timing.burstTimeoutMilliseconds,
          ...question,
        }),
      ),
    );
  const toFirst = await ask({ name: first });
  const served = (answers: readonly TlsAnswer[]): string =>
    each(answers, ({ certificate }) => certificateNamed(certificate));
  const [toOther, toUnknown, toNone, old] = await Promise.all([
    ask({ name: other }),
    ask({ name: unknown }),
    ask({}),
    ask({ name: first, newestVersion: "TLSv1.1" }),
  ]);
  const addresses = toFirst.flatMap((answer) => (answer.kind === "answered" ? [answer.clientAddress] : []));
  return {
    served: {
      "the first host": served(toFirst),
      "the other host": served(toOther),
      "an unknown host": served(toUnknown),
      "no host": served(toNone),
    },
    protocol: each(toFirst, ({ protocol }) => protocol ?? none),
    newest: each(toFirst, ({ version }) => version),
    old: each(old, ({ version }) => version),
    seen: addressOwner(addresses, await addressesAround(testbed, target)),
  };
}

function certificateNamed(commonName: string): string {
  const known: Readonly<Record<string, Served>> = {
    [first]: "the first certificate",
    [other]: "the host's own certificate",
  };
  return known[commonName] ?? `the certificate of ${commonName}`;
}

type Answered = Extract<TlsAnswer, { readonly kind: "answered" }>;

/** The zones' values, each once. */
const each = (answers: readonly TlsAnswer[], value: (answer: Answered) => string): string =>
  [...new Set(answers.map((answer) => (answer.kind === "refused" ? refused : value(answer))))].join(" and ");
