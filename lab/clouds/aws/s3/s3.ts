/** The calls of S3 that the lab makes, with the bucket in the path. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
import { parseXML } from "@aws-sdk/xml-builder";
import { ServiceError, SignedService } from "../calls/signedService.ts";
import type { Signing } from "../calls/signedService.ts";
import { element, nodeIn, nodesIn, valuesBy } from "../calls/xml.ts";
import type { Node } from "../calls/xml.ts";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Its own region is the one that a bucket is in if nobody says so. */
const usual = "us-east-1";

export class S3 {
  readonly #service: SignedService;
  readonly #region: string;

  /** @param endpoint @default that of the region */
  constructor(signing: Signing, region: string, endpoint = `https://s3.${region}.amazonaws.com`) {
    this.#service = new SignedService(signing, { name: "s3", region, endpoint });
    this.#region = region;
  }

  async create(bucket: string): Promise<void> {
    const body =
      this.#region === usual
        ? undefined
        : `<CreateBucketConfiguration xmlns="${namespace}">${element("LocationConstraint", this.#region)}</CreateBucketConfiguration>`;
    await this.#service.call({
      method: "PUT",
      path: `/${bucket}`,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** @returns the bucket's region; undefined if there is no such bucket */
  async regionOf(bucket: string): Promise<string | undefined> {
    const text = await this.#find(bucket, "location", "NoSuchBucket");
    return text === undefined ? undefined : (/<LocationConstraint[^>]*>([^<]+)</.exec(text)?.[1] ?? usual);
  }

  async delete(bucket: string): Promise<void> {
    await this.#service.call({ method: "DELETE", path: `/${bucket}` });
  }

  async tags(bucket: string): Promise<Record<string, string>> {
    const text = await this.#find(bucket, "tagging", "NoSuchTagSet");
    const set = nodeIn(nodeIn(parseXML(text ?? "<Tagging/>") as Node, "Tagging"), "TagSet");
    return valuesBy("Key", nodesIn(set, "Tag"));
  }

  /** All of them: others go. */
  async setTags(bucket: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const set = Object.entries(tags).map(
      ([key, value]) => `<Tag>${element("Key", key)}${element("Value", value)}</Tag>`,
    );
    if (set.length === 0) return this.#remove(bucket, "tagging");
    const body = `<Tagging xmlns="${namespace}"><TagSet>${set.join("")}</TagSet></Tagging>`;
    await this.#service.call({ method: "PUT", path: `/${bucket}`, query: { tagging: "" }, body });
  }

  /** @returns its JSON; undefined if there is no policy, or no such bucket */
  async policy(bucket: string): Promise<string | undefined> {
    return this.#find(bucket, "policy", "NoSuchBucketPolicy", "NoSuchBucket");
  }

  async setPolicy(bucket: string, policy: string): Promise<void> {
    await this.#service.call({
      method: "PUT",
      path: `/${bucket}`,
      query: { policy: "" },
      body: policy,
      contentType: "application/json",
    });
  }

  async deletePolicy(bucket: string): Promise<void> {
    await this.#remove(bucket, "policy");
  }

  async #remove(bucket: string, what: string): Promise<void> {
    await this.#service.call({ method: "DELETE", path: `/${bucket}`, query: { [what]: "" } });
  }

  /** Undefined if the answer is one of these errors. */
  async #find(bucket: string, what: string, ...none: readonly string[]): Promise<string | undefined> {
    try {
      return await this.#service.call({ method: "GET", path: `/${bucket}`, query: { [what]: "" } });
    } catch (error) {
      if (error instanceof ServiceError && none.includes(error.name)) return undefined;
      throw error;
    }
  }
}
