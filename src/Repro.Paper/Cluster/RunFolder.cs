using System.Security.Cryptography;
using System.Text.Json;
using Repro.Engine.Files;
using Repro.Paper.Json;

namespace Repro.Paper.Cluster;

/// <summary>Where things lie in the folder of a run on a cluster.</summary>
public sealed class RunFolder
{
    private const long MaxLength = 64 << 20;

    /// <summary>Names the folder, which need not exist.</summary>
    /// <exception cref="InputException">Slurm can't write logs below such a path.</exception>
    public RunFolder(string path)
    {
        Location = Path.GetFullPath(path);
        if (Location.Any(c => c is '%' or '\\' || char.IsControl(c)))
            throw new InputException($"The run folder {Location} has a '%', a '\\' or a control character in its path, which Slurm takes for signs of its own; choose another with --run.");
    }

    /// <summary>The folder's absolute path.</summary>
    public string Location { get; }

    /// <summary>The verdict job's output.</summary>
    public string Report => Path.Combine(Location, "report");

    private string RunFilePath => Path.Combine(Location, "run.json");

    /// <summary>A name that is the same for the same work, so that the same command continues its run.</summary>
    public static string DefaultName(RunFile run)
    {
        byte[] work = JsonSerializer.SerializeToUtf8Bytes(new { run.WorkingFolder, run.Arguments, run.Stages });
        return "slurm-" + Convert.ToHexStringLower(SHA256.HashData(work))[..12];
    }

    /// <summary>A stage's script, below the folder.</summary>
    public static string Script(string stage) => $"scripts/{stage}.sbatch";

    /// <summary>A task's name in the names of its log and marks.</summary>
    public static string TaskName(string stage, int index) => $"{stage}-{index}";

    /// <summary>A task's log.</summary>
    public string Log(string stage, int index) => Path.Combine(Location, "logs", TaskName(stage, index) + ".log");

    /// <summary>The folder with one kind of mark.</summary>
    public string Marks(TaskMark mark) => Path.Combine(Location, mark.ToString().ToLowerInvariant());

    /// <summary>A task's mark of one kind: a file with its exit code.</summary>
    public string Mark(TaskMark mark, string stage, int index) => Path.Combine(Marks(mark), TaskName(stage, index));

    /// <summary>Makes the folders that scripts write to, without marks of an earlier submission.</summary>
    public void Clear()
    {
        Directory.CreateDirectory(Path.Combine(Location, "logs"));
        foreach (TaskMark mark in Enum.GetValues<TaskMark>())
        {
            Directory.CreateDirectory(Marks(mark));
            foreach (string file in Directory.EnumerateFiles(Marks(mark)))
                File.Delete(file);
        }
    }

    /// <summary>Reads the run, or gives null where the folder has none.</summary>
    /// <exception cref="InputException">Its file is damaged, or the folder holds other things.</exception>
    public RunFile? Find()
    {
        if (File.Exists(RunFilePath))
            return Load();
        if (File.Exists(Location) || (Directory.Exists(Location) && Directory.EnumerateFileSystemEntries(Location).Any()))
            throw new InputException($"{Location} holds something else than a run on a cluster; choose a new folder with --run.");
        return null;
    }

    /// <summary>Reads the run.</summary>
    /// <exception cref="InputException">There is none, or its file is damaged.</exception>
    public RunFile Load()
    {
        if (!File.Exists(RunFilePath))
            throw new InputException($"There is no run in {Location} (no run.json); 'repro verify --engine slurm' makes one and prints its folder.");
        try
        {
            return JsonSerializer.Deserialize<RunFile>(InputFile.ReadText(RunFilePath, MaxLength), JsonForm.Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InputException($"{RunFilePath} is damaged ({e.Message.TrimEnd('.')}); choose a new folder with --run.", e);
        }
    }

    /// <summary>Writes the run.</summary>
    public RunFile Save(RunFile run)
    {
        AtomicFile.WriteText(RunFilePath, JsonSerializer.Serialize(run, JsonForm.Options) + "\n");
        return run;
    }
}
