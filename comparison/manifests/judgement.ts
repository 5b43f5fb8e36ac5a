/** The judgement of all Services of a file. */
import type { NetworkSize } from "../clouds/manifests.ts";
import type { OpeningFacts } from "../model/firewall.ts";
import { judgementVersion } from "../result/judgement.ts";
import type { JudgedService, Judgement } from "../result/judgement.ts";
import type { FoundService, InvalidService } from "./file.ts";
import { groundOf } from "./ground.ts";
import type { Served } from "./ground.ts";
import { judgeService } from "./judge.ts";

export interface JudgementOptions {
  readonly served: Served;
  readonly size: NetworkSize;
  readonly made: Date;
}

export async function judgementOf(
  services: readonly FoundService[],
  { served, size, made }: JudgementOptions,
): Promise<Judgement> {
  const facts = services.flatMap((each) => (each.kind === "valid" ? [each.service.facts] : []));
  const { manifests, network } = await groundOf(served, size, facts);
  const judged: JudgedService[] = [];
  const openings: OpeningFacts[] = [];
  // In turn: planning uses Pulumi's runtime, which plans one program at a time.
  for (const found of services) {
    if (found.kind === "invalid") {
      judged.push(invalid(found.service));
      continue;
    }
    const { facts: own } = found.service;
    const { openings: needed, ...service } = await judgeService(
      found.service,
      await groundOf(served, size, [own], facts),
    );
    judged.push(service);
    openings.push(...needed);
  }
  const firewall = manifests.openings(openings);
  return {
    schema: judgementVersion,
    made: made.toISOString(),
    controller: served.controller.title,
    assumed: network.words,
    verdict: verdictOn(judged, firewall),
    services: judged,
    firewall,
  };
}

function invalid({ service, place, reasons }: InvalidService): JudgedService {
  return {
    service,
    place,
    type: "unknown",
    controller: null,
    outcome: "invalid",
    reasons: [...reasons],
    andThen: [],
    withoutEffect: [],
    notes: [],
    values: [],
    own: null,
  };
}

/** Outcomes without a load balancer that the Service asks for, or without a prediction of it: how many Services, in words. */
const without: Partial<Readonly<Record<JudgedService["outcome"], string>>> = {
  invalid: "refused by the API server",
  refused: "refused",
  "not its own": "without a load balancer that is compared",
  "not modelled": "not predicted",
};

function verdictOn(
  judged: readonly JudgedService[],
  { needed, allowed, what }: Judgement["firewall"],
): Judgement["verdict"] {
  const total = `${judged.length} ${judged.length === 1 ? "Service" : "Services"}`;
  const found = Object.entries(without).flatMap(([outcome, words]) => {
    const count = judged.filter((service) => service.outcome === outcome).length;
    return count === 0 ? [] : [{ count, words: `${count === 1 ? "is" : "are"} ${words}` }];
  });
  if (found.length > 0) {
    const clauses = found.map(
      ({ count, words }, index) => `${count}${index === 0 ? ` of ${total}` : ""} ${words}`,
    );
    return { kind: "refused", sentence: `${clauses.join(", ")}.` };
  }
  if (needed > allowed)
    return {
      kind: "refused",
      sentence: `Refused: ${total} ${judged.length === 1 ? "needs" : "need"} ${needed} ${what}.`,
    };
  return { kind: "judged", sentence: `Judged: ${total}.` };
}
