"""The desk: one small server with the HTTP API and the page. Thin: it parses what is asked, calls one function, and shows the answer."""
