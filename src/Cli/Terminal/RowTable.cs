using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Chain.Cli.Terminal;

/// <summary>
/// Rows of one sort, each on one line, with at least two spaces between columns and a heading above. Into a file or a pipe every value
/// is whole. On a terminal that is too narrow ids are shortened first, then columns are left out.
/// </summary>
internal static class RowTable
{
    private const string Gap = "  ";
    private const string Nothing = "-";

    public static void Print(Screen screen, IReadOnlyList<RowColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        List<Column> all = [.. columns.Select((column, i) => new Column(column, [.. rows.Select(row => CellOf(row[i]))]))];
        List<string> missing = screen.Width is { } width ? Fit(all, width) : [];
        screen.Whole(LineOf(all, column => column.Heading));
        for (int i = 0; i < rows.Count; i++) screen.Whole(LineOf(all, column => column.Cells[i]));
        if (missing.Count > 0) screen.WriteLine($"Left out for want of room: {string.Join(", ", missing)}. --json has all, and so has a pipe.");
    }

    /// <summary>An address, key or hash by its ends; other text as it is.</summary>
    public static string Shorten(string text)
    {
        if (text.Length < 40 || !text.All(char.IsAsciiLetterOrDigit)) return text;
        return text.StartsWith("chain1", StringComparison.Ordinal) ? $"{text[..10]}…{text[^4..]}" : $"{text[..8]}…{text[^4..]}";
    }

    private static string CellOf(string text) => text.Length == 0 ? Nothing : text.Replace('\n', ' ');

    /// <summary>Makes the columns fit; returns the headings of those that were left out.</summary>
    private static List<string> Fit(List<Column> columns, int width)
    {
        if (WidthOf(columns) > width) columns.ForEach(column => column.Shorten());
        List<string> missing = [];
        while (WidthOf(columns) > width && columns.Where(column => column.Drop > 0).MaxBy(column => column.Drop) is { } least)
        {
            columns.Remove(least);
            missing.Insert(0, least.Heading);
        }
        return missing;
    }

    private static int WidthOf(List<Column> columns) => columns.Sum(column => column.Width) + (Gap.Length * (columns.Count - 1));

    private static string LineOf(List<Column> columns, Func<Column, string> cellOf)
    {
        StringBuilder line = new();
        foreach (Column column in columns)
        {
            if (line.Length > 0) line.Append(Gap);
            string cell = cellOf(column);
            line.Append(column.IsNumber ? cell.PadLeft(column.Width) : cell.PadRight(column.Width));
        }
        return line.ToString().TrimEnd();
    }

    private sealed class Column(RowColumn head, string[] cells)
    {
        public string Heading => head.Heading;

        public int Drop => head.Drop;

        public string[] Cells => cells;

        /// <summary>Numbers stand below each other by their ends.</summary>
        public bool IsNumber { get; } = Array.TrueForAll(cells, IsNumeric);

        public int Width => Math.Max(Heading.Length, cells.Max(cell => (int?)cell.Length) ?? 0);

        public void Shorten()
        {
            for (int i = 0; i < cells.Length; i++) cells[i] = RowTable.Shorten(cells[i]);
        }

        private static bool IsNumeric(string cell) =>
            cell == Nothing || (cell.Length < 40 && cell.TrimStart('+', '-').TrimEnd(' ', '%').All(c => char.IsAsciiDigit(c) || c == '.'));
    }
}
