// Shows the contract with Redoc, as a reference to read.
Redoc.init("/openapi.json", { hideDownloadButtons: true }, document.getElementById("reference"), (error) => {
  const title = document.querySelector("#reference h1");
  if (!error && title) document.title = `${title.firstChild.textContent}: reference`;
});
