using Repro.Engine.Native;

namespace Repro.Engine.Tests.Native;

public sealed class BridgeLibraryTests
{
    [Test]
    public void The_private_copy_differs_in_one_flag_and_the_original_stays()
    {
        using TemporaryFolder folder = new();
        string original = Original(folder, MinimalElf.Build());
        byte[] expected = MinimalElf.Build();
        expected[MinimalElf.WantedFlags] = 2;

        string copy = BridgeLibrary.PrepareCopy(original, folder.File("cache"));

        copy.Should().StartWith(folder.File("cache")).And.EndWith("libbridge.so");
        File.ReadAllBytes(copy).Should().Equal(expected);
        File.ReadAllBytes(original).Should().Equal(MinimalElf.Build());
    }

    [Test]
    public void A_damaged_copy_is_replaced()
    {
        using TemporaryFolder folder = new();
        string original = Original(folder, MinimalElf.Build());
        string copy = BridgeLibrary.PrepareCopy(original, folder.File("cache"));
        byte[] good = File.ReadAllBytes(copy);
        File.WriteAllBytes(copy, good[..^1]);

        BridgeLibrary.PrepareCopy(original, folder.File("cache")).Should().Be(copy);
        File.ReadAllBytes(copy).Should().Equal(good);
    }

    [Test]
    public void Different_libraries_of_one_name_get_different_copies()
    {
        using TemporaryFolder folder = new();
        string first = BridgeLibrary.PrepareCopy(Original(folder, MinimalElf.Build()), folder.File("cache"));
        byte[] other = [.. MinimalElf.Build(), 1];
        string second = BridgeLibrary.PrepareCopy(Original(folder, other), folder.File("cache"));

        second.Should().NotBe(first);
        File.ReadAllBytes(second).Should().HaveCount(other.Length);
    }

    [Test]
    public void A_library_that_does_not_name_the_version_is_refused_without_a_copy()
    {
        using TemporaryFolder folder = new();
        byte[] image = MinimalElf.Build();
        MinimalElf.Put32(image, MinimalElf.WantedOfA + 8, 9);
        string original = Original(folder, image);

        Action prepare = () => BridgeLibrary.PrepareCopy(original, folder.File("cache"));
        prepare.Should().ThrowExactly<InvalidDataException>().WithMessage($"{original}*{BridgeLibrary.MissingVersion}*");
        Directory.Exists(folder.File("cache")).Should().BeFalse();
    }

    private static string Original(TemporaryFolder folder, byte[] image)
    {
        string path = folder.File("libbridge.so");
        File.WriteAllBytes(path, image);
        return path;
    }
}
