/** `npm run move -- --adopt` and `--give-back`: a controller's load balancer becomes the program's own on the stack dev, and the controller's again. */
import type { CloudAdoption, Found } from "../../comparison/clouds/adoption.ts";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { ServiceFacts } from "../../comparison/model/service.ts";
import type { ServiceRef } from "../../comparison/sources/kubernetes/reader.ts";
import { labStack, readLabSettings } from "../../lab/settings.ts";
import { run } from "../../lab/tools/command.ts";
import { checkout } from "../devLab.ts";
import type { Starting } from "../devLab.ts";
import { deployDevStack, readDevStack } from "../devStack.ts";
import { planStack } from "../plannedStack.ts";
import { ownServicesIn, parentOf } from "../stackState.ts";
import { adoptedServices, configureAdopted, removeAdopted } from "./adoptedServices.ts";
import {
  adoptionPlanText,
  adoptionSteps,
  adoptionStepText,
  changedParts,
  givingBackSteps,
} from "./adoptionSteps.ts";
import type { AdoptionStep } from "./adoptionSteps.ts";
import { lettingGo, takingBack } from "./handedPatch.ts";
import { HandedService } from "./handedService.ts";

export interface Adopting extends Starting {
  readonly environment: Record<string, string>;
  readonly service: ServiceRef;
  readonly direction: "adopt" | "give back";
  readonly isPlan: boolean;
}

interface Taken {
  readonly name: string;
  readonly adoption: CloudAdoption;
  readonly handed: HandedService;
  readonly found: Found;
  /** Of the component in the stack's state. */
  readonly urn: string | undefined;
}

const isServed = ({ type, finalizers }: ServiceFacts): boolean =>
  type === "LoadBalancer" || finalizers.length > 0;

/** @throws with what is wrong and what to do: before anything is changed, or where the load balancer is safe */
export async function changeHands({ service: ref, direction, isPlan, ...on }: Adopting): Promise<void> {
  const name = `${ref.namespace}/${ref.name}`;
  const settings = readLabSettings(checkout);
  const cloud = cloudNamed(settings.cloud);
  const adoption = await cloud.adoption?.();
  if (adoption === undefined)
    throw new Error(
      `on ${cloud.title} the program takes no load balancer over; move the clients by a name instead, as docs/moving.md says`,
    );
  const { deployment } = await readDevStack(on.environment);
  if (Object.values(ownServicesIn(deployment)).includes(name))
    throw new Error(
      `the program declares the Service ${name}, and would change it back; move its clients instead: npm run move -- --to nodeport`,
    );
  const handed = new HandedService(ref, settings, on.signal);
  const found = await handed.find();
  const isConfigured = adoptedServices(checkout, labStack).includes(name);
  const urn = parentOf(deployment, found.loadBalancer.identity.id);
  const situation = { isConfigured, isOwned: urn !== undefined, isServed: isServed(found.service) };
  const adopts = direction === "adopt";
  const refusal = adopts
    ? situation.isServed || !isConfigured
      ? adoption.refusal(found)
      : undefined
    : adoption.returnRefusal(found);
  if (refusal !== undefined) throw new Error(`the load balancer of ${name} cannot change hands: ${refusal}`);
  const steps = adopts ? adoptionSteps(situation) : givingBackSteps(situation);
  if (steps.length === 0)
    throw new Error(
      `the program has not taken over the load balancer of ${name}: there is nothing to give back`,
    );
  const words = {
    service: name,
    loadBalancer: found.loadBalancer.identity.name,
    controller: cloud.controllers[0].title,
    stack: labStack,
  };
  if (isPlan) {
    console.log(adoptionPlanText(steps, words));
    return;
  }
  for (const step of steps) {
    on.signal.throwIfAborted();
    console.log(adoptionStepText(step, words));
    await take(step, { name, adoption, handed, found, urn }, on);
  }
  console.log(
    adopts
      ? `The load balancer of ${name} is the program's own: --give-back ${name} gives it back.`
      : `The load balancer of ${name} is the controller's again.`,
  );
}

async function take(
  step: AdoptionStep,
  { name, adoption, handed, found, urn }: Taken,
  on: Starting & Pick<Adopting, "environment">,
): Promise<void> {
  const { progress, environment, signal } = on;
  const refuseChanges = async (): Promise<void> => {
    const changed = changedParts(adoption.identity(found), adoption.identity(await handed.find()));
    if (changed.length > 0)
      throw new Error(
        `changed while it should not: ${changed.join(", ")}. The controller has not let go if this came with the import; repair its arguments in Pulumi.${labStack}.yaml, and repeat the command`,
      );
  };
  const wait = (what: string, isDone: (service: ServiceFacts) => boolean): Promise<void> =>
    progress.step(what, () => handed.await(what, isDone));
  switch (step) {
    case "describe":
      configureAdopted(checkout, labStack, name, adoption.argumentsFor(found));
      return;
    case "import":
      await deployDevStack({
        progress,
        signal,
        environment,
        plan: await planStack(labStack),
        refresh: false,
      });
      return refuseChanges();
    case "let go":
      await handed.change((service) => lettingGo(service, adoption.letGo));
      await wait("the controller lets go", (service) => !isServed(service) && service.ingress.length === 0);
      return refuseChanges();
    case "take back":
      await handed.change((service) => takingBack(service, adoption.takeBack));
      await wait("the controller takes it back", ({ ingress }) => ingress[0] === found.loadBalancer.address);
      return;
    case "forget":
      if (urn !== undefined)
        await run("pulumi", ["state", "delete", urn, "--target-dependents", "--yes", "--stack", labStack], {
          cwd: checkout,
          env: { ...process.env, ...environment },
          signal,
        });
      removeAdopted(checkout, labStack, name);
  }
}
