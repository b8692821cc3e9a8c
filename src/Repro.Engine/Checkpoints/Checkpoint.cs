using System.Security.Cryptography;
using Repro.Engine.Cores;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using Repro.Engine.Safetensors;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>A LLaMA checkpoint folder in Hugging Face layout.</summary>
public static class Checkpoint
{
    private const string ConfigName = "config.json";

    /// <summary>Name of SentencePiece's tokenizer inside the folder.</summary>
    public const string TokenizerName = TokenizerFiles.SentencePiece;

    /// <summary>Loads the model of a folder.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="weightType">Type to hold the weights in; null is the stored one, or float32 for a small model on the CPU.</param>
    /// <param name="device">Where to hold them; null is the CPU.</param>
    /// <exception cref="InputException">The folder is not a complete, matching checkpoint; every missing or extra tensor is named.</exception>
    public static LlamaModel Load(string folder, ScalarType? weightType = null, Device? device = null) =>
        Load(folder, config => new DeviceMap([device ?? CPU], config.LayerCount), streamsBlocks: false, weightType);

    /// <summary>Loads the model of a folder onto several devices, or with its blocks left in the folder's files.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="devices">Where each part is held, for as many blocks as the checkpoint has.</param>
    /// <param name="streamsBlocks">Whether blocks stay in the files and come to their device one by one.</param>
    /// <param name="weightType">As above.</param>
    /// <exception cref="InputException">The folder is not a complete, matching checkpoint; every missing or extra tensor is named.</exception>
    public static LlamaModel Load(string folder, DeviceMap devices, bool streamsBlocks, ScalarType? weightType = null) =>
        Load(folder, _ => devices, streamsBlocks, weightType);

    private static LlamaModel Load(string folder, Func<LlamaConfig, DeviceMap> devices, bool streamsBlocks, ScalarType? weightType)
    {
        LlamaConfig config = ReadConfig(folder);
        WeightFiles weights = WeightFiles.Open(folder);
        bool isKept = false;
        try
        {
            StoredLayout layout = StoredLayout.Of(config);
            CheckTensors(folder, config, layout, weights);
            CheckTiedHead(folder, config, weights);
            DeviceMap map = devices(config);
            ScalarType type = weightType ?? HeldType(config, map.First);
            LlamaModel model = streamsBlocks ? new(config, type, map, new CheckpointWeights(weights, layout)) : new(config, type, map);
            isKept = model.IsStreamed;
            foreach (string name in model.Parameters.Keys)
            {
                using Tensor stored = layout.Read(weights, name);
                using Tensor isSound = stored.isfinite().all();
                if (!isSound.ToBoolean())
                {
                    model.Dispose();
                    isKept = false;
                    throw new InputException($"{folder}: '{name}' holds a value that is infinite or not a number, of which attention may show nothing; get the checkpoint again.");
                }

                model.Parameters.Set(name, stored);
            }

            return model;
        }
        finally
        {
            if (!isKept)
                weights.Dispose();
        }
    }

    // Without AVX-512 libtorch's bfloat16 products take ten times as long; float32 holds the same values, and a small model has the room.
    private static ScalarType HeldType(LlamaConfig config, Device device) =>
        config.WeightType is ScalarType.BFloat16 or ScalarType.Float16 && OneCoreEach.IsSmall(config, device) ? ScalarType.Float32 : config.WeightType;

    /// <summary>Checks a folder without reading a weight.</summary>
    /// <returns>The shape of its model.</returns>
    /// <exception cref="InputException">The folder is not a complete, matching checkpoint; every missing or extra tensor is named.</exception>
    public static LlamaConfig Check(string folder)
    {
        LlamaConfig config = ReadConfig(folder);
        using WeightFiles weights = WeightFiles.Open(folder);
        CheckTensors(folder, config, StoredLayout.Of(config), weights);
        return config;
    }

    /// <summary>The shape of a folder's model.</summary>
    /// <exception cref="InputException">There is no such folder, or its config.json can't be used.</exception>
    public static LlamaConfig ReadConfig(string folder) => Directory.Exists(folder)
        ? ConfigReader.Read(Path.Combine(folder, ConfigName))
        : throw new InputException($"There is no checkpoint folder {folder}; name one that holds config.json and model.safetensors.");

    /// <summary>Writes a model's configuration and weights; the weights last, so that a folder with weights is complete.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="model">The model.</param>
    /// <param name="weightType">Type to store the weights in; null keeps the model's configured one.</param>
    /// <param name="maxShardBytes">Largest weight file, over several of which weights are spread that don't fit into one; null writes a single one.</param>
    public static void Save(string folder, LlamaModel model, ScalarType? weightType = null, long? maxShardBytes = null)
    {
        ScalarType type = weightType ?? model.Config.WeightType;
        WriteConfig(folder, model.Config with { WeightType = type });
        StoredLayout.Of(model.Config).Write(folder, type, weight => model.Parameters[weight.Name].detach(), maxShardBytes ?? long.MaxValue);
    }

    /// <summary>Writes a checkpoint's configuration.</summary>
    internal static void WriteConfig(string folder, LlamaConfig config) => ConfigWriter.Write(Path.Combine(folder, ConfigName), config);

    /// <summary>SHA-256 over configuration, tokenizer and weights, in a fixed order of names.</summary>
    /// <returns>Lower-case hexadecimal.</returns>
    public static string Hash(string folder)
    {
        using IncrementalHash total = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> paths = WeightFiles.Paths(folder).Prepend(TokenizerFiles.In(folder)).Prepend(Path.Combine(folder, ConfigName));
        foreach (string path in paths.Where(File.Exists))
        {
            if (!path.EndsWith(".safetensors", StringComparison.Ordinal))
            {
                total.AppendData(SHA256.HashData(InputFile.ReadBytes(path, TokenizerFiles.MaxLength)));
                continue;
            }

            // What is no file of weights is refused before hours are spent on reading it.
            using FileStream stream = InputFile.Open(path);
            SafetensorsHeader.Read(stream, path);
            stream.Position = 0;
            total.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(total.GetHashAndReset());
    }

    private static void CheckTensors(string folder, LlamaConfig config, StoredLayout layout, WeightFiles weights)
    {
        Dictionary<string, long[]> expected = layout.Tensors.ToDictionary(t => t.Name, t => t.Shape, StringComparer.Ordinal);
        string[] missing = [.. expected.Keys.Where(name => !weights.FileOf.ContainsKey(name))];
        if (missing.Length > 0)
            throw new InputException($"{folder} lacks {Listed(missing)}; get the checkpoint again or correct its config.json.");

        string[] extra = [.. weights.FileOf.Keys.Where(name => !expected.ContainsKey(name) && !IsKnownLeftover(name, config)).Order(StringComparer.Ordinal)];
        if (extra.Length > 0)
            throw new InputException($"{folder} holds {Listed(extra)} that this architecture does not have; check its config.json.");

        foreach ((string name, long[] shape) in expected)
        {
            SafetensorsEntry entry = weights.FileOf[name].Header.Tensors[name];
            if (!entry.Shape.SequenceEqual(shape))
                throw new InputException($"{folder}: '{name}' has shape [{string.Join(", ", entry.Shape)}] and config.json asks for [{string.Join(", ", shape)}].");
            if (entry.Dtype is not ("F32" or "BF16" or "F16"))
                throw new InputException($"{folder}: '{name}' is stored as {entry.Dtype}; convert it to F32, BF16 or F16.");
        }
    }

    // A head that is stored beside the embedding that it is tied to must be the same, or one of the two would be passed over.
    private static void CheckTiedHead(string folder, LlamaConfig config, WeightFiles weights)
    {
        if (!config.TieWordEmbeddings || weights.FileOf.Keys.FirstOrDefault(name => SupportedArchitectures.RoleOf(name) == WeightRole.Head) is not { } head)
            return;
        using DisposeScope scope = NewDisposeScope();
        Tensor own = weights.FileOf[head].Read(head);
        string embedding = ModelLayout.Of(config).Name(WeightRole.Embedding);
        Tensor tied = weights.FileOf[embedding].Read(embedding);
        if (own.dtype != tied.dtype || !own.shape.SequenceEqual(tied.shape) || !own.eq(tied).all().ToBoolean())
            throw new InputException($"{folder} ties its output head to the embedding (tie_word_embeddings) and holds another '{head}'; set tie_word_embeddings to false in config.json to use it, or remove it from the weights.");
    }

    // Older exports store the rotary frequencies, and tied ones may repeat the embedding as the head.
    private static bool IsKnownLeftover(string name, LlamaConfig config) =>
        name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal) || (config.TieWordEmbeddings && SupportedArchitectures.RoleOf(name) == WeightRole.Head);

    private static string Listed(string[] names) =>
        names.Length <= 5 ? $"the tensors {string.Join(", ", names)}" : $"the tensors {string.Join(", ", names[..5])} and {names.Length - 5} more";
}
