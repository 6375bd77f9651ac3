// Without these, the compiler would infer the types of two megabytes of JSON.
declare module '@comm100-openapi/spec/*.json' {
  const content: unknown;
  export default content;
}
