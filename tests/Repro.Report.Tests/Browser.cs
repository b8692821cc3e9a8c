using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace Repro.Report.Tests;

/// <summary>A headless Chromium of its own, with a profile that goes with it; nothing is downloaded.</summary>
internal sealed class Browser : IDisposable
{
    /// <summary>Why a test of the page in a browser is skipped, or null where it is not.</summary>
    public static string? Missing => Programs.All(p => p is not null)
        ? null
        : "The page is looked at where Chromium and its driver are installed: apt-get install chromium chromium-driver (Debian), or Google Chrome with chromedriver.";

    private static readonly string?[] Programs = [Find("chromium", "google-chrome", "chrome"), Find("chromedriver")];

    private readonly TemporaryFolder profile = new();
    private readonly ChromeDriverService service;
    private readonly ChromeDriver driver;

    public Browser()
    {
        ChromeOptions options = new() { BinaryLocation = Programs[0] };
        options.AddArguments(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            $"--user-data-dir={profile.Path}");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        options.SetLoggingPreference(LogType.Performance, LogLevel.All);
        service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Programs[1])!, Path.GetFileName(Programs[1])!);
        driver = new ChromeDriver(service, options, TimeSpan.FromMinutes(2));
    }

    /// <summary>Opens a page in a window of a size, in light or in dark.</summary>
    public void Open(string path, int width, bool dark = false)
    {
        Command("Emulation.setEmulatedMedia", new() { ["features"] = new[] { new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" } } });
        Command("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        driver.Navigate().GoToUrl(new Uri(path).AbsoluteUri);
    }

    /// <summary>What a script in the page returns.</summary>
    public T Run<T>(string script) => (T)driver.ExecuteScript(script)!;

    /// <summary>Texts of a list that a script in the page returns.</summary>
    public string[] List(string script) => [.. ((IEnumerable<object>)driver.ExecuteScript(script)!).Select(o => (string)o)];

    /// <summary>Clicks what a selector of the style sheets names.</summary>
    public void Click(string selector) => driver.FindElement(By.CssSelector(selector)).Click();

    /// <summary>The address shown.</summary>
    public string Address => driver.Url;

    /// <summary>The page's title.</summary>
    public string Title => driver.Title;

    /// <summary>What the console has said since the last call.</summary>
    public string[] Console() => [.. driver.Manage().Logs.GetLog(LogType.Browser).Select(e => e.Message)];

    /// <summary>Addresses that were asked for since the last call, of any kind.</summary>
    public string[] Requests() =>
    [
        .. from entry in driver.Manage().Logs.GetLog(LogType.Performance)
           let message = System.Text.Json.Nodes.JsonNode.Parse(entry.Message)!["message"]!
           where message["method"]!.GetValue<string>() == "Network.requestWillBeSent"
           select message["params"]!["request"]!["url"]!.GetValue<string>(),
    ];

    public void Dispose()
    {
        driver.Dispose();
        service.Dispose();
        profile.Dispose();
    }

    private void Command(string name, Dictionary<string, object?> arguments) => driver.ExecuteCdpCommand(name, arguments);

    private static string? Find(params string[] names) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
