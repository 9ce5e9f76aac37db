// A program as others would write it, compiled by the test against the types made from our schema.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

const client = createClient<paths, "application/json">({ baseUrl: "http://localhost:8000" });

export async function names(words: string): Promise<string[]> {
  const page = await client.GET("/api/v1/resources/", {
    params: { query: { kind: "equipment", page_size: 10, fields: ["name_zh", "trl"] } },
  });
  if (!page.data) throw new Error(page.response.statusText);
  const resources: components["schemas"]["Resource"][] = page.data.results;
  const found = await client.GET("/api/v1/search/", { params: { query: { q: words } } });
  const hits = found.data?.hits.map((hit) => hit.name) ?? [];
  return [...resources.map((resource) => resource.name_zh ?? resource.public_id), ...hits];
}

export async function refused(): Promise<void> {
  // @ts-expect-error: a kind that there is not is seen before anything is sent
  await client.GET("/api/v1/resources/", { params: { query: { kind: "nothing" } } });
}
