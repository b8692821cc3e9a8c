namespace Repro.Terminal.Tests;

public sealed class TerminalTableTests
{
    [Test]
    public void Words_stand_left_numbers_right_and_no_line_ends_in_a_blank() =>
        new TerminalTable(Column.Word("claim"), Column.Number("margin"), Column.Word("verdict")).Add("table-14", "0.5", "Holds").Add("figure-02", "-12.25", "").ToString()
            .Should().Be("claim      margin  verdict\ntable-14      0.5  Holds\nfigure-02  -12.25\n");

    [Test]
    public void A_text_is_broken_at_blanks_so_that_lines_have_at_most_80_columns()
    {
        string sentence = string.Join(' ', Enumerable.Repeat("region", 40));
        string text = new TerminalTable(Column.Word("claim"), Column.Text("sentence")).Add("table-14", sentence).ToString();
        string[] lines = text.TrimEnd('\n').Split('\n');
        lines.Should().OnlyContain(l => l.Length <= 80).And.HaveCount(5);
        lines[2..].Should().OnlyContain(l => l.StartsWith("          region ", StringComparison.Ordinal));
        lines[1..].Sum(l => l.Split(' ').Count(word => word == "region")).Should().Be(40);
    }

    [Test]
    public void Words_and_numbers_that_need_more_make_the_table_wider_and_stay_whole()
    {
        string[] numbers = [.. Enumerable.Range(1, 9).Select(i => new string((char)('0' + i), 12))];
        string row = new TerminalTable([.. numbers.Select(_ => Column.Number("")), Column.Text("")]).Add([.. numbers, "a remark"]).ToString();
        row.Should().Be(string.Join("  ", [.. numbers, "a remark"]) + "\n");
    }

    [Test]
    public void A_long_path_is_broken_and_not_cut()
    {
        string path = "/" + string.Join('/', Enumerable.Repeat("folder", 40));
        string text = new TerminalTable(Column.Word(""), Column.Text("")).Add("cache", path).ToString();
        string.Concat(text.Split('\n').Select(l => l.Replace("cache", "", StringComparison.Ordinal).Trim())).Should().Be(path);
    }

    [Test]
    public void A_name_is_cut_where_it_is_longer_than_most() =>
        new TerminalTable(Column.Name("name", 6), Column.Word("")).Add("abcdef", "1").Add("abcdefg", "2").ToString().Should().Be("name\nabcdef  1\nabcde…  2\n");

    [Test]
    public void What_a_no_break_space_binds_stays_on_one_line()
    {
        string text = new TerminalTable(Column.Text("")).Add(new string('x', 70) + " 0.25\u00A0[0.125,\u00A00.5] Arabic").ToString();
        text.Should().Be(new string('x', 70) + "\n0.25 [0.125, 0.5] Arabic\n");
    }

    [Test]
    public void Tables_of_one_width_stand_below_each_other()
    {
        string Line(string state) => new TerminalTable(Column.Word("", 9), Column.Text("")).Add(state, "detail").ToString();
        Line("ok").IndexOf("detail", StringComparison.Ordinal).Should().Be(11).And.Be(Line("✗ missing").IndexOf("detail", StringComparison.Ordinal));
    }

    [Test]
    public void Wide_characters_take_the_columns_that_a_terminal_gives_them() =>
        new TerminalTable(Column.Word(""), Column.Word("")).Add("中文", "a").Add("abcd", "b").ToString().Should().Be("中文  a\nabcd  b\n");

    [Test]
    public void Markup_is_text_and_a_ci_system_is_no_terminal()
    {
        string? before = Environment.GetEnvironmentVariable("GITHUB_ACTIONS");
        Environment.SetEnvironmentVariable("GITHUB_ACTIONS", "true");
        try
        {
            new TerminalTable(Column.Word("[bold]a[/]"), Column.Text("")).Add("[red]b[/]", "[").ToString().Should().Be("[bold]a[/]\n[red]b[/]   [\n");
        }
        finally
        {
            Environment.SetEnvironmentVariable("GITHUB_ACTIONS", before);
        }
    }

    [Test]
    public void A_row_with_a_cell_too_few_is_refused() =>
        new TerminalTable(Column.Word("a"), Column.Word("b")).Invoking(t => t.Add("1")).Should().Throw<ArgumentException>().WithMessage("A row of 2 cells is expected, and 1 are given.*");

    [Test]
    public void A_table_without_rows_is_its_titles() => new TerminalTable(Column.Number("run"), Column.Word("date")).ToString().Should().Be("run  date\n");
}
