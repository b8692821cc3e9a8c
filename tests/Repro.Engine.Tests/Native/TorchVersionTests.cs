using Repro.Engine.Native;

namespace Repro.Engine.Tests.Native;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TorchVersionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Lib => folder.File("torch/lib");

    public TorchVersionTests() => Directory.CreateDirectory(Lib);

    public void Dispose() => folder.Dispose();

    [TestCase("__version__ = '2.10.0+cu128'\ndebug = False\n", "2.10.0+cu128")]
    [TestCase("from typing import Optional\n__version__: str = \"2.4.1\"\n", "2.4.1")]
    public void A_python_torch_says_its_version(string text, string version)
    {
        File.WriteAllText(folder.File("torch/version.py"), text);
        TorchVersion.Of(Lib).Should().Be(version);
        TorchVersion.Of(Lib + "/").Should().Be(version);
    }

    [Test]
    public void An_archive_of_libtorch_says_its_version()
    {
        File.WriteAllText(folder.File("torch/build-version"), "2.10.0+cpu\n");
        TorchVersion.Of(Lib).Should().Be("2.10.0+cpu");
    }

    [TestCase("2.10.0+cu128")]
    [TestCase("2.10.1")]
    [TestCase("2.10")]
    public void The_version_torchsharp_is_built_for_is_taken(string version)
    {
        File.WriteAllText(folder.File("torch/build-version"), version);
        FluentActions.Invoking(() => TorchVersion.Check(Lib)).Should().NotThrow();
    }

    [TestCase("2.1.0")]
    [TestCase("2.100.0")]
    [TestCase("2.4.0+cu121")]
    public void Another_version_is_refused_with_both_and_what_to_do(string version)
    {
        File.WriteAllText(folder.File("torch/build-version"), version);
        FluentActions.Invoking(() => TorchVersion.Check(Lib)).Should().Throw<NativeLoadException>()
            .WithMessage($"*{Lib}*torch {version}*needs torch 2.10*unset REPRO_LIBTORCH*");
    }

    [Test]
    public void A_folder_that_says_nothing_is_taken() => FluentActions.Invoking(() => TorchVersion.Check(Lib)).Should().NotThrow();

    [Test]
    public void Libraries_load_dependencies_first_and_those_of_cuda_only_where_they_are()
    {
        foreach (string name in new[] { "libtorch.so", "libtorch_cpu.so", "libc10.so" })
            File.WriteAllText(Path.Combine(Lib, name), "");
        Names().Should().Equal("libc10.so", "libtorch_cpu.so", "libtorch.so");
        foreach (string name in new[] { "libtorch_cuda.so", "libc10_cuda.so" })
            File.WriteAllText(Path.Combine(Lib, name), "");
        Names().Should().Equal("libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so");

        IEnumerable<string?> Names() => NativeFolders.LoadOrder(Lib).Select(Path.GetFileName);
    }

    [Test]
    public void The_cuda_runtime_of_python_packages_is_found_beside_a_python_torch()
    {
        NativeFolders.CudaRuntime(Lib).Should().BeEmpty();
        string[] files = ["nvidia/cuda_runtime/lib/libcudart.so.12", "nvidia/cublas/lib/libcublas.so.12", "nvidia/cublas/include/cublas.h"];
        foreach (string path in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(path))!);
            File.WriteAllText(folder.File(path), "");
        }

        NativeFolders.CudaRuntime(Lib).Select(Path.GetFileName).Should().Equal("libcublas.so.12", "libcudart.so.12");
    }
}
