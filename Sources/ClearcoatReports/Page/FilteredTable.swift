/// A table whose rows can be filtered by drop-down and by text, sorted by column, and opened for an explanation.
/// Without script it shows every row, closed.
struct FilteredTable {
    /// A drop-down: rows carry its value as `data-<name>`.
    struct Choice {
        var name: String
        var title: String
        var values: [String]
    }

    /// A column.
    struct Column {
        var title: String
        /// Right-aligned and sorted by value.
        var isNumber = false
        /// Left out on narrow screens.
        var isWide = false
        /// Sorted by a number, though it shows a word.
        var hasRank = false
    }

    /// A cell; `key` is what it is sorted by unless it is its text.
    struct Cell {
        var content: HTML
        var key: String?
        var kind = ""

        init(_ content: HTML, key: String? = nil, kind: String = "") {
            self.content = content
            self.key = key
            self.kind = kind
        }

        /// A number as a person reads it, sorted by its value.
        init(_ text: HTML, number: Double) {
            self.init(text, key: JSONWriter.text(of: number) ?? "")
        }
    }

    /// A row with its explanation.
    struct Row {
        /// The value of each drop-down.
        var values: [String]
        var cells: [Cell]
        var explanation: HTML
        /// What a screen reader calls it.
        var name: String
    }

    let choices: [Choice]
    let columns: [Column]
    let rows: [Row]

    /// The controls and the table.
    var view: HTML {
        """
        <div class="controls">
        \(choices.map(view).joined())
        <label>Text<input type="search" name="text" placeholder="file, reason …"></label>
        <button type="button" class="every" aria-pressed="false">explain all</button>
        <span class="count" role="status"></span>
        </div>
        <div class="scroll"><table>
        <thead><tr><th scope="col"><span class="toggle" hidden></span></th>\(columns.map(view).joined())</tr></thead>
        \(rows.map(view).joined())</table></div>
        """
    }

    private func view(_ choice: Choice) -> HTML {
        let options = choice.values.map { value -> HTML in "<option>\(value)</option>" }
        return """
            <label>\(choice.title)<select name="\(choice.name)"><option value="">all</option>\(options.joined())\
            </select></label>
            """
    }

    private func view(_ column: Column) -> HTML {
        """
        <th scope="col" class="\(kind(of: column))"\(HTML.when(column.hasRank, " data-sort=\"number\""))>\
        <button type="button">\(column.title)</button></th>
        """
    }

    private func kind(of column: Column) -> String {
        (column.isNumber ? "number " : "") + (column.isWide ? "wide" : "")
    }

    private func view(_ row: Row) -> HTML {
        let values = zip(choices, row.values).map { choice, value -> HTML in
            " data-\(choice.name)=\"\(value)\""
        }
        let cells = zip(columns, row.cells).map { column, cell -> HTML in
            let key: HTML = cell.key.map { " data-key=\"\($0)\"" } ?? ""
            return "<td class=\"\(kind(of: column) + " " + cell.kind)\"\(key)>\(cell.content)</td>"
        }
        return """
            <tbody\(values.joined())>
            <tr class="row"><td><button type="button" class="toggle" aria-expanded="false" \
            aria-label="explain \(row.name)"></button></td>\(cells.joined())</tr>
            <tr class="why"><td colspan="\(columns.count + 1)">\(row.explanation)</td></tr>
            </tbody>

            """
    }
}
