package import ClearcoatInspection
import Crypto
import FoundationEssentials

/// What all pages share: the head with its policy, style and script.
package enum PageFrame {
    private static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    private static let script = String(decoding: PackageResources.report_js, as: UTF8.self)

    /// Loads nothing from anywhere and runs nothing but this package's own script, even if some text got
    /// past the escaping.
    private static let policy = """
        default-src 'none'; img-src data: file: 'self'; style-src \(source(of: style)); \
        script-src \(source(of: script)); base-uri 'none'; form-action 'none'
        """

    /// The style or the script by its hash, as the policy names it.
    private static func source(of text: String) -> String {
        "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
    }

    /// A whole page.
    package static func page(title: String, _ body: HTML) -> [UInt8] {
        let page: HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(HTML(trusted: policy))">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>\(title)</title>
            <style>\(HTML(trusted: style))</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <div class="page">
            \(body)
            </div>
            <script>\(HTML(trusted: script))</script>
            </body>
            </html>

            """
        return Array(page.text.utf8)
    }

    /// A verdict as a coloured word.
    package static func tag(_ verdict: Verdict) -> HTML {
        "<span class=\"tag \(verdict.rawValue)\">\(title(of: verdict))</span>"
    }

    /// A verdict as a person reads it.
    package static func title(of verdict: Verdict) -> String {
        verdict == .cannotJudge ? "cannot judge" : verdict.rawValue
    }

    /// A file name, kept from changing the direction of the text around it.
    package static func name(_ text: String) -> HTML { "<bdi>\(text)</bdi>" }

    /// A link to a file of a capture in the results; plain text for a name that has none.
    static func link(_ text: HTML, to folder: String, _ suffix: String, of id: String, label: String? = nil)
        -> HTML
    {
        guard let path = try? CapturePath(id: id) else { return text }
        let address = HTML(trusted: HTML.address(of: path.file(in: folder, suffix: suffix)))
        let spoken: HTML = label.map { " aria-label=\"\($0)\"" } ?? ""
        return "<a href=\"\(address)\"\(spoken)>\(text)</a>"
    }

    /// A margin as a person reads it: percent of the bound, with a sign.
    static func percent(_ margin: Double) -> String {
        let text = (abs(margin) * 100).short + " %"
        return margin < 0 ? "−" + text : "+" + text
    }
}
