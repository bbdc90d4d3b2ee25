// Starts Swagger UI on the contract, ready to call every operation.
// Keys typed into "Authorize" stay in the page's memory and are gone with it.
const console_ = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#console",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  onComplete: () => {
    const title = console_.specSelectors.info().get("title");
    if (title) document.title = `${title}: console`;
  },
});
