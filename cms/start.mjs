// @ts-check
// Starts the form with the configuration beside its page. The configuration is a file of its own, so that the page's
// security policy needs no leave for scripts inside it.
import CMS from "@sveltia/cms";

const answer = await fetch(new URL("config.json", document.baseURI));
CMS.init({ config: await answer.json() });
