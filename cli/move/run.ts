/** Takes the steps of a move on the stack dev. */
import { isDeepStrictEqual } from "node:util";
import { systemClock } from "../../comparison/clock.ts";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import { endpointFacts, nodeFacts } from "../../comparison/sources/kubernetes/facts.ts";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../../comparison/sources/kubernetes/reader.ts";
import { weightedRecordsIn } from "../../comparison/sources/state.ts";
import { readLabSettings, labStack } from "../../lab/settings.ts";
import { TimeoutError, until } from "../../lab/until.ts";
import { awaitHealth, compareDevStack } from "../devComparison.ts";
import type { Deployed } from "../devComparison.ts";
import { checkout, runningLab } from "../devLab.ts";
import { deployDevStack } from "../devStack.ts";
import type { DevDeployment } from "../devStack.ts";
import { exposureOf } from "../exposures.ts";
import type { DeployedExposure } from "../exposures.ts";
import { labOperations } from "../labOperations.ts";
import { openConnections } from "../openConnections.ts";
import { healthGaps } from "./health.ts";
import type { Behind } from "./health.ts";
import { deployWeights, recordsIn } from "./records.ts";
import type { Records } from "./records.ts";
import { refusalOf } from "./refusal.ts";
import { stepText } from "./planText.ts";
import type { PlannedMove } from "./planText.ts";
import { sidesOf } from "./plannedMove.ts";
import type { Step, Weights } from "./steps.ts";

/** @param deployment the state, as `pulumi stack export` prints it @returns undefined if the stack has no records yet */
export function deployedRecords(deployment: unknown): Records | undefined {
  const { cloud } = readLabSettings(checkout);
  return recordsIn(weightedRecordsIn(deployment, cloudNamed(cloud)));
}

const drainPauseMs = 500;

export class Mover {
  readonly #on: DevDeployment;
  readonly #move: PlannedMove;
  readonly #accepted: readonly string[];
  #deployed: Deployed | undefined;
  /** By the ways' names. */
  #exposures: Readonly<Record<string, DeployedExposure>> = {};
  #weights: Weights;

  constructor(on: DevDeployment, move: PlannedMove, accepted: readonly string[]) {
    this.#on = on;
    this.#move = move;
    this.#accepted = accepted;
    this.#weights = move.weights;
  }

  /** Of the records, as they were deployed last. */
  get weights(): Weights {
    return this.#weights;
  }

  /** @throws if it has to stop, with what is wrong and how to go on or back */
  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case "provide":
        // With a comparison of the state and what is there: an interrupted move may have changed one record only.
        await this.#deploy(step.weights, true);
        if (this.#move.from === undefined) return;
        await awaitHealth(this.#known, this.#on);
        return this.#refuseUnhealthy();
      case "compare":
        return this.#compare();
      case "lead":
        console.log(stepText(step, this.#move));
        await this.#deploy(step.weights, false);
        await this.#waitForTtl();
        return this.#refuseUnhealthy();
      case "wait":
        return this.#waitForTtl();
      case "drain":
        return this.#drain(step.way);
      case "remove":
        console.log(stepText(step, this.#move));
        await this.#deploy(step.weights, false);
        return;
    }
  }

  get #known(): Deployed {
    if (this.#deployed === undefined) throw new Error("a step came before the first deployment");
    return this.#deployed;
  }

  async #deploy(weights: Weights, refresh: boolean): Promise<void> {
    const settings = readLabSettings(checkout);
    const change = { from: this.#weights, to: weights };
    const { outputs, deployment } = await deployWeights(checkout, labStack, change, () =>
      deployDevStack({ ...this.#on, refresh }),
    );
    if (!isDeepStrictEqual(deployedRecords(deployment)?.weights, weights))
      throw new Error("the records are not as they were deployed: does another program change them?");
    this.#weights = weights;
    this.#exposures = Object.fromEntries(
      Object.keys(weights).map((way) => [way, exposureOf(outputs, way, settings)]),
    );
    const [left, right] = sidesOf(this.#move, cloudNamed(settings.cloud).ways).map(
      (way) => this.#exposures[way],
    );
    this.#deployed =
      left === undefined || right === undefined
        ? undefined
        : { exposures: { left, right }, deployment, lab: runningLab(settings), settings };
  }

  async #compare(): Promise<void> {
    const comparison = await compareDevStack(this.#known, this.#on);
    console.log(comparison.verdict.sentence);
    const refusal = refusalOf(comparison, this.#accepted);
    if (refusal !== undefined)
      throw new Error(`clients stay where they are: the two ways are not equivalent.\n${refusal}`);
  }

  async #waitForTtl(): Promise<void> {
    const { ttlSeconds } = this.#move;
    await this.#on.progress.step(`time to live of the records, ${ttlSeconds} s`, () =>
      systemClock(this.#on.signal).sleep(ttlSeconds),
    );
  }

  /** @throws if the way that clients are led to cannot take them */
  async #refuseUnhealthy(): Promise<void> {
    const { to, from = to, titles } = this.#move;
    const gaps = healthGaps(await this.#behind(to));
    if (gaps.length === 0) return;
    throw new Error(
      `${titles[to]} is not healthy (${gaps.join(", ")}); repair it and repeat the command, or go back: npm run move -- --to ${from.toLowerCase()}`,
    );
  }

  #exposureOf(way: string): DeployedExposure {
    const exposure = this.#exposures[way];
    if (exposure === undefined) throw new Error(`the way ${way} is not deployed`);
    return exposure;
  }

  async #behind(way: string): Promise<Behind> {
    const { settings } = this.#known;
    const { signal } = this.#on;
    const { hostname, namespace, service: name } = this.#exposureOf(way);
    const cloud = await labOperations(settings);
    const kubernetes = kubernetesReader(() => loadKubeconfig(settings.kubeconfig));
    const [members, zones, service, slices, nodes] = await Promise.all([
      cloud.members(hostname),
      cloud.zones(hostname),
      kubernetes.service({ namespace, name }, signal),
      kubernetes.endpointSlices({ namespace, name }, signal),
      kubernetes.nodes(signal),
    ]);
    return {
      members,
      externalTrafficPolicy: service?.spec?.externalTrafficPolicy ?? "",
      nodes: nodeFacts(nodes),
      endpoints: endpointFacts(slices),
      zones: zones.map(({ zone }) => zone),
    };
  }

  #unknownConnections(way: string): Error {
    const title = this.#move.titles[way] ?? way;
    return new Error(
      `the kernel does not list connections, so nobody knows whether some lead through ${title}, which stays. To remove it all the same, delete its weight in Pulumi.${labStack}.yaml, and npm run up`,
    );
  }

  async #drain(way: string): Promise<void> {
    const { titles, drainSeconds } = this.#move;
    const { lab, settings } = this.#known;
    const { signal, progress } = this.#on;
    const zones = await (await labOperations(settings)).zones(this.#exposureOf(way).hostname);
    const addresses = zones.map(({ address }) => address);
    await progress.step(
      `connections through ${titles[way]}`,
      async (report) => {
        let open: number | undefined;
        const noneIsOpen = async (): Promise<boolean> => {
          open = await openConnections(lab, addresses, signal);
          report(open === undefined ? "the kernel does not list them" : `${open} are open`);
          return open === 0;
        };
        try {
          await until("connections to end", noneIsOpen, drainSeconds * 1000, {
            pauseMs: drainPauseMs,
            signal,
          });
          return "none is open";
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error;
          if (open === undefined) {
            if (this.#move.steps.some(({ kind }) => kind === "remove")) throw this.#unknownConnections(way);
            return "the kernel does not list them; the wait is over";
          }
          throw new Error(
            `${open} connections are still open through ${titles[way]}, which goes on to serve them. Repeat the command to wait for them; whoever removes it now breaks them.`,
            { cause: error },
          );
        }
      },
      (end) => end,
    );
  }
}
