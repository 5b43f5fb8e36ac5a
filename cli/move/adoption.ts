/** `npm run move -- --adopt` and `--give-back`: a controller's load balancer becomes the program's own on the stack dev, and the controller's again. */
import type { CloudAdoption, Found, Imported } from "../../comparison/clouds/adoption.ts";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { ServiceFacts } from "../../comparison/model/service.ts";
import type { ServiceRef } from "../../comparison/sources/kubernetes/reader.ts";
import { labStack, readLabSettings } from "../../lab/settings.ts";
import { checkout } from "../devLab.ts";
import type { Starting } from "../devLab.ts";
import { deployDevStack, readDevStack } from "../devStack.ts";
import { planStack } from "../plannedStack.ts";
import { ownServicesIn } from "../stackState.ts";
import { addedIn, componentIn, heldIn } from "./adoptedComponent.ts";
import { adoptedServices, configureAdopted, removeAdopted } from "./adoptedServices.ts";
import {
  additionRefusal,
  adoptionPlanText,
  adoptionSteps,
  adoptionStepText,
  asksWhetherAllowed,
  changedParts,
  givingBackSteps,
  isServed,
} from "./adoptionSteps.ts";
import type { AdoptionStep } from "./adoptionSteps.ts";
import { forgetAdopted } from "./forgetAdopted.ts";
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
  readonly finalizer: string;
  readonly ids: Imported["ids"];
}

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
  const refuse = (reason: string | undefined): void => {
    if (reason !== undefined) throw new Error(`the load balancer of ${name} cannot change hands: ${reason}`);
  };
  const [{ title: controller, finalizer }] = cloud.controllers;
  const handed = new HandedService(ref, settings, on.signal);
  const service = await handed.facts();
  const entry = adoptedServices(checkout, labStack)[name];
  const { name: loadBalancer, ids } =
    entry === undefined ? { name: adoption.loadBalancerName(service), ids: [] } : adoption.imported(entry);
  const urn = componentIn(deployment, adoption.component(loadBalancer), ids);
  const situation = {
    isConfigured: entry !== undefined,
    isOwned: urn !== undefined || heldIn(deployment, urn, ids).length > 0,
    isServed: isServed(service, finalizer),
  };
  const adopts = direction === "adopt";
  const asks = adopts && asksWhetherAllowed(service, situation);
  const steps = adopts ? adoptionSteps(situation) : givingBackSteps(situation);
  if (steps.length === 0)
    throw new Error(
      `the program has not taken over the load balancer of ${name}: there is nothing to give back`,
    );
  if (asks) refuse(adoption.serviceRefusal(service));
  const found = await handed.find(loadBalancer);
  if (asks) refuse(adoption.refusal(found));
  if (!adopts) {
    refuse(adoption.returnRefusal(found));
    refuse(additionRefusal(urn === undefined ? [] : addedIn(deployment, urn, ids), labStack));
  }
  const words = { service: name, loadBalancer, controller, stack: labStack };
  if (isPlan) {
    console.log(adoptionPlanText(steps, words));
    return;
  }
  for (const step of steps) {
    on.signal.throwIfAborted();
    console.log(adoptionStepText(step, words));
    await take(step, { name, adoption, handed, found, finalizer, ids }, on);
  }
  console.log(
    adopts
      ? `The load balancer of ${name} is the program's own: --give-back ${name} gives it back.`
      : `The load balancer of ${name} is the controller's again.`,
  );
}

async function take(
  step: AdoptionStep,
  { name, adoption, handed, found, finalizer, ids }: Taken,
  on: Starting & Pick<Adopting, "environment">,
): Promise<void> {
  const { progress, environment, signal } = on;
  const { name: loadBalancer } = found.loadBalancer.identity;
  const refuseChanges = async (): Promise<void> => {
    const now = await handed.find(loadBalancer);
    const changed = changedParts(adoption.identity(found), adoption.identity(now));
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
      await wait(
        "the controller lets go",
        (service) => !isServed(service, finalizer) && service.ingress.length === 0,
      );
      return refuseChanges();
    case "take back":
      await handed.change((service) => takingBack(service, adoption.takeBack));
      await wait("the controller takes it back", ({ ingress }) => ingress[0] === found.loadBalancer.address);
      return;
    case "forget":
      await forgetAdopted(adoption.component(loadBalancer), ids, on);
      removeAdopted(checkout, labStack, name);
  }
}
