/* page.c - the page: the dashboard's picture, which the browser fetches again when it has changed.
 *
 * It is an image to the browser, so nothing in it can run; the page has no script but its own file,
 * and loads nothing from elsewhere. */
#include <string.h>

#include "app/serve/serve_parts.h"

static const char html[] =
    "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<head><meta charset=\"utf-8\"><title>weir</title>\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<link rel=\"stylesheet\" href=\"page.css\"><script src=\"page.js\" defer></script></head>\n"
    "<body><img id=\"picture\" src=\"picture.svg\" alt=\"the dashboard\">\n"
    "<p id=\"state\"></p></body>\n"
    "</html>\n";

static const char css[] =
    "body { margin: 0; background: #16181d; color: #c8ccd4; font-family: sans-serif; }\n"
    "img { display: block; width: 100%; max-height: 96vh; object-fit: contain; }\n"
    "p { margin: 0.3em 1em; }\n";

static const char js[] =
    "'use strict';\n"
    "const picture = document.getElementById('picture');\n"
    "const state = document.getElementById('state');\n"
    "const frames = new EventSource('frames');\n"
    "frames.onmessage = (e) => {\n"
    "\tpicture.src = 'picture.svg?' + encodeURIComponent(e.data);\n"
    "\tstate.textContent = '';\n"
    "};\n"
    "frames.onerror = () => { state.textContent = 'the run has ended, or is out of reach'; };\n";

static enum MHD_Result
give(struct MHD_Connection *c, const char *type, const char *s)
{
	struct text body = { 0 };
	enum MHD_Result result;

	text_add(&body, s);
	result = server_answer(c, MHD_HTTP_OK, type, &body);
	text_done(&body);
	return result;
}

enum MHD_Result
page_root(struct server *s, struct MHD_Connection *c, struct request *r)
{
	(void)s, (void)r;
	return give(c, "text/html; charset=utf-8", html);
}

enum MHD_Result
page_style(struct server *s, struct MHD_Connection *c, struct request *r)
{
	(void)s, (void)r;
	return give(c, "text/css; charset=utf-8", css);
}

enum MHD_Result
page_script(struct server *s, struct MHD_Connection *c, struct request *r)
{
	(void)s, (void)r;
	return give(c, "text/javascript; charset=utf-8", js);
}

enum MHD_Result
page_picture(struct server *s, struct MHD_Connection *c, struct request *r)
{
	struct text svg = { 0 };
	enum MHD_Result result;

	(void)r;
	if (s->options.picture == NULL || !s->options.picture(s->options.self, &svg))
		result = server_say(c, MHD_HTTP_SERVICE_UNAVAILABLE, "there is no picture yet");
	else
		result = server_answer(c, MHD_HTTP_OK, "image/svg+xml", &svg);
	text_done(&svg);
	return result;
}
