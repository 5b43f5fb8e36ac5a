/**
 * The owner of an object on AWS, by the marks on the object. Each controller has its own marks. Only a program's state, which is read later, tells what it
 * declared.
 */
import type { Owner } from "../../model/owner.ts";
import * as cloudControllerManager from "./cloudControllerManager/marks.ts";
import { makers } from "./foreign/makers.ts";
import * as loadBalancerController from "./loadBalancerController/marks.ts";

/** Marks by which a controller recognises its objects. */
export interface Marks {
  readonly owner: Owner;
  /** Of a load balancer, a listener or a target group. */
  readonly hasTags: (tags: Readonly<Record<string, string>>) => boolean;
  /** Of a rule of a security group. */
  readonly hasDescription: (description: string) => boolean;
}

const marks: readonly Marks[] = [cloudControllerManager.marks, loadBalancerController.marks, ...makers];

/** Of a load balancer, a listener or a target group. */
export function ownerByTags(tags: Readonly<Record<string, string>>): Owner {
  return marks.find(({ hasTags }) => hasTags(tags))?.owner ?? "other";
}

/** Of a rule of a security group. */
export function ownerByDescription(description = ""): Owner {
  return marks.find(({ hasDescription }) => hasDescription(description))?.owner ?? "other";
}
