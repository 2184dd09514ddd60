import Testing

/// The tools that the journeys stand on: a scanner that misreads a form, or a browser that runs scripts when told not to, would
/// make every other test worthless.
struct PageTests {
    @Test func `a form is read with all that a browser would send`() throws {
        let page = Page(
            """
            <!doctype html><!-- <form> --><main data-state=queued><form method="post">
            <input type=hidden name="csrf_token" value="a&amp;b&#39;">
            <input name="product_info.name" value='L&auml; "x"' disabled><input name=name value="Lamp">
            <textarea name="points">\n58 g\n<b>30 h</b></textarea>
            <input type="radio" name="source" value="PRODUCT" checked><input type="radio" name="source" value="CUSTOM">
            <input type="checkbox" name="video" value="1"><input type="checkbox" name="video" value="2" checked>
            <select name="language"><option value="en">English<option value="de" selected>German</select>
            <button name="go" value="1">Send</button></form></main>
            """)
        var form = try page.form(action: "/tasks/new", at: "/tasks/new")
        #expect(page.state == "queued")
        #expect(form.encoded == "csrf_token=a%26b%27&name=Lamp&points=58+g%0d%0a%3cb%3e30+h%3c%2fb%3e&source=PRODUCT&video=2&language=de")
        try form.fill(["name": "ö", "source": "CUSTOM", "language": "en"])
        try form.tick("video")
        form.remove("csrf_token")
        #expect(form.encoded == "name=%c3%b6&points=58+g%0d%0a%3cb%3e30+h%3c%2fb%3e&source=CUSTOM&video=1&video=2&language=en")
        #expect(throws: Failure.self) { try form.fill("nobody", "x") }
    }

    @Test func `scripts are counted once each and only inside their element`() {
        let page = Page(
            """
            <ul><li><a href="/scripts/9">other</a></ul><div id=scripts><article><a href="/scripts/2">Two</a><br>
            <a href="/scripts/2">open</a></article><a href="/scripts/1">One</a><a href="/tasks/1">task</a></div><a href="/scripts/7">after</a>
            <noscript><meta http-equiv="Refresh" content="5"></noscript>
            """)
        #expect(page.scripts == ["/scripts/2", "/scripts/1"])
        #expect(page.refreshes)
    }
}
