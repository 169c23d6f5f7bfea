using System;
using System.IO;
using Chain.Node.Signing;
using Chain.Node.Storage.Disk;
using Chain.Node.Tests.Storage;
using Chain.Primitives;
using Chain.Tests.Shared.Disk;

namespace Chain.Node.Tests.Signing;

public sealed class SignerStateFileTests : IDisposable
{
    private const int PageBytes = 4096;
    private const int SectorBytes = 512;
    private readonly TempFolder _folder = new();

    private string FilePath => _folder.PathOf("signer/state");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Created_file_holds_its_first_payload_and_is_the_owners_alone()
    {
        using (SignerStateFile state = SignerStateFile.Create(new RealDisk(), FilePath, [1, 2, 3])) Assert.Equal([1, 2, 3], state.Load());
        Assert.Equal([1, 2, 3], Load());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public void Create_never_replaces_a_file()
    {
        SignerStateFile.Create(new RealDisk(), FilePath, [1]).Dispose();
        SignerStateException exception = Assert.Throws<SignerStateException>(() => SignerStateFile.Create(new RealDisk(), FilePath, [2]));
        Assert.Contains("never replaced", exception.Message, StringComparison.Ordinal);
        Assert.Equal([1], Load());
    }

    [Fact]
    public void Every_save_is_what_the_next_open_loads()
    {
        SignerStateFile.Create(new RealDisk(), FilePath, []).Dispose();
        for (int i = 0; i < 20; i++)
        {
            using SignerStateFile state = SignerStateFile.Open(new RealDisk(), FilePath);
            state.Save(Payload(i));
            if (i % 3 == 0) state.Save(Payload(1000 + i));
            state.Dispose();
            Assert.Equal(Payload(i % 3 == 0 ? 1000 + i : i), Load());
        }
    }

    [Fact]
    public void Largest_payload_fits_and_a_larger_one_is_a_broken_invariant()
    {
        byte[] largest = new byte[SignerStateFile.PayloadBytesMax];
        largest[^1] = 9;
        using (SignerStateFile state = SignerStateFile.Create(new RealDisk(), FilePath, largest))
        {
            state.Save(largest);
            Assert.Throws<InvariantException>(() => state.Save(new byte[largest.Length + 1]));
        }
        Assert.Equal(largest, Load());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16383)]
    [InlineData(16385)]
    public void File_of_another_size_is_refused(int length)
    {
        SignerStateFile.Create(new RealDisk(), FilePath, [1]).Dispose();
        byte[] bytes = File.ReadAllBytes(FilePath);
        Array.Resize(ref bytes, length);
        File.WriteAllBytes(FilePath, bytes);
        Assert.Throws<SignerStateException>(Load);
    }

    [Fact]
    public void Missing_file_and_a_folder_are_refused()
    {
        SignerStateException exception = Assert.Throws<SignerStateException>(() => SignerStateFile.Open(new RealDisk(), _folder.PathOf("nothing")));
        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("chain signer arm", exception.Message, StringComparison.Ordinal);
        Assert.Throws<SignerStateException>(() => SignerStateFile.Open(new RealDisk(), _folder.PathOf("no/such/folder")));
        Assert.Throws<SignerStateException>(() => SignerStateFile.Open(new RealDisk(), _folder.Root));
    }

    [Fact]
    public void Second_open_is_refused()
    {
        using SignerStateFile state = SignerStateFile.Create(new RealDisk(), FilePath, [1]);
        Assert.Throws<SignerStateException>(Load);
        state.Dispose();
        Assert.Throws<ObjectDisposedException>(state.Load);
        Assert.Throws<ObjectDisposedException>(() => state.Save([1]));
    }

    /// <summary>Any one byte of the file may decay: the newest finished save is found all the same.</summary>
    [Fact]
    public void Decay_of_one_byte_never_loses_the_newest_save()
    {
        byte[] whole = SavedTwice(out byte[] newest, out _);
        for (int at = 0; at < whole.Length; at += at % PageBytes < 40 ? 1 : 251)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            File.WriteAllBytes(FilePath, changed);
            Assert.Equal(newest, Load());
        }
    }

    [Fact]
    public void Decay_of_one_page_never_loses_the_newest_save()
    {
        byte[] whole = SavedTwice(out byte[] newest, out _);
        for (int page = 0; page < whole.Length / PageBytes; page++)
        {
            byte[] changed = [.. whole];
            changed.AsSpan(page * PageBytes, PageBytes).Clear();
            File.WriteAllBytes(FilePath, changed);
            Assert.Equal(newest, Load());
        }
    }

    /// <summary>An open writes the newest payload anew where a copy has decayed, so pages may decay one after the other.</summary>
    [Fact]
    public void Pages_that_decay_one_after_the_other_never_lose_the_newest_save()
    {
        byte[] whole = SavedTwice(out byte[] newest, out _);
        int pages = whole.Length / PageBytes;
        for (int first = 0; first < pages; first++)
        {
            for (int second = 0; second < pages; second++)
            {
                File.WriteAllBytes(FilePath, whole);
                foreach (int page in (ReadOnlySpan<int>)[first, second])
                {
                    byte[] changed = File.ReadAllBytes(FilePath);
                    changed.AsSpan(page * PageBytes, PageBytes).Clear();
                    File.WriteAllBytes(FilePath, changed);
                    Assert.Equal(newest, Load());
                }
            }
        }
    }

    /// <summary>The power fails after a save has returned, and all that was not synced is lost: a signature may be on its way already.</summary>
    [Fact]
    public void Save_that_returned_outlives_a_power_failure()
    {
        Random random = new(5);
        SimulatedDisk disk = new();
        SignerStateFile.Create(disk, "/signer/state", Payload(0)).Dispose();
        for (int i = 1; i < 100; i++)
        {
            SignerStateFile state = SignerStateFile.Open(disk, "/signer/state");
            Assert.Equal(Payload(i - 1), state.Load());
            state.Save(Payload(i));
            disk.Crash(random);
        }
        using SignerStateFile last = SignerStateFile.Open(disk, "/signer/state");
        Assert.Equal(Payload(99), last.Load());
    }

    /// <summary>The newest save is lost for certain, and the older one must not be taken for it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Finished_save_that_is_illegible_in_both_copies_stops_the_start(int atInPage)
    {
        byte[] whole = SavedTwice(out _, out int newestSlot);
        byte[] changed = [.. whole];
        changed[newestSlot + atInPage] ^= 1;
        changed[newestSlot + PageBytes + atInPage] ^= 1;
        File.WriteAllBytes(FilePath, changed);
        SignerStateException exception = Assert.Throws<SignerStateException>(Load);
        Assert.Contains("may have been lost", exception.Message, StringComparison.Ordinal);
        changed = [.. whole];
        changed.AsSpan(newestSlot, 2 * PageBytes).Clear();
        File.WriteAllBytes(FilePath, changed);
        Assert.Throws<SignerStateException>(Load);
    }

    [Fact]
    public void Erased_slot_of_a_file_never_saved_to_stops_the_start()
    {
        SignerStateFile.Create(new RealDisk(), FilePath, [1]).Dispose();
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int slot = 0; slot < 2; slot++)
        {
            byte[] changed = [.. whole];
            changed.AsSpan(2 * PageBytes * slot, 2 * PageBytes).Clear();
            File.WriteAllBytes(FilePath, changed);
            Assert.Throws<SignerStateException>(Load);
        }
    }

    /// <summary>
    /// Power fails during a save: each sector of its two pages is old or new, in any mix. Either the new state is found, or
    /// the last finished one; never anything else, and the start is refused only where no proof of the tear is left.
    /// </summary>
    [Fact]
    public void Torn_save_gives_the_new_state_or_the_last_finished_one()
    {
        byte[] before = SavedTwice(out byte[] finished, out int newestSlot);
        byte[] next = Payload(3);
        using (SignerStateFile state = SignerStateFile.Open(new RealDisk(), FilePath)) state.Save(next);
        byte[] after = File.ReadAllBytes(FilePath);
        int tornSlot = newestSlot == 0 ? 2 * PageBytes : 0;
        Assert.True(before.AsSpan(newestSlot, 2 * PageBytes).SequenceEqual(after.AsSpan(newestSlot, 2 * PageBytes)));
        Random random = new(11);
        int found = 0, back = 0, refused = 0;
        for (int round = 0; round < 300; round++)
        {
            byte[] torn = [.. before];
            int newFirst = 0, newSecond = 0;
            for (int sector = 0; sector < 2 * PageBytes / SectorBytes; sector++)
            {
                bool isNew = round % 4 == 0 ? sector < round / 4 % 17 : random.Next(2) == 0;
                if (!isNew) continue;
                int at = tornSlot + sector * SectorBytes;
                after.AsSpan(at, SectorBytes).CopyTo(torn.AsSpan(at));
                if (sector == 0) newFirst = 1;
                if (sector == PageBytes / SectorBytes) newSecond = 1;
            }
            File.WriteAllBytes(FilePath, torn);
            try
            {
                byte[] loaded = Load();
                Assert.True(loaded.AsSpan().SequenceEqual(next) || loaded.AsSpan().SequenceEqual(finished));
                if (loaded.AsSpan().SequenceEqual(next)) found++;
                else back++;
            }
            catch (SignerStateException)
            {
                // Both headers are new: a finished save whose two copies decayed would look the same.
                Assert.Equal(2, newFirst + newSecond);
                refused++;
            }
        }
        Assert.True(found > 10 && back > 10 && refused > 10, $"{found} {back} {refused}");
    }

    [Fact]
    public void Slots_of_two_files_do_not_pass_for_one()
    {
        byte[] one = SavedTwice(out _, out _);
        using (SignerStateFile state = SignerStateFile.Open(new RealDisk(), FilePath))
        {
            for (int i = 0; i < 6; i++) state.Save(Payload(i));
        }
        byte[] later = File.ReadAllBytes(FilePath);
        for (int slot = 0; slot < 2; slot++)
        {
            byte[] mixed = [.. later];
            one.AsSpan(2 * PageBytes * slot, 2 * PageBytes).CopyTo(mixed.AsSpan(2 * PageBytes * slot));
            File.WriteAllBytes(FilePath, mixed);
            Assert.Throws<SignerStateException>(Load);
        }
        byte[] swapped = [.. later[(2 * PageBytes)..], .. later[..(2 * PageBytes)]];
        File.WriteAllBytes(FilePath, swapped);
        Assert.Throws<SignerStateException>(Load);
    }

    /// <summary>The bytes of a file with two saves of a payload that fills several sectors.</summary>
    private byte[] SavedTwice(out byte[] newest, out int newestSlot)
    {
        if (File.Exists(FilePath)) File.Delete(FilePath);
        newest = Payload(2);
        using (SignerStateFile state = SignerStateFile.Create(new RealDisk(), FilePath, Payload(0)))
        {
            state.Save(Payload(1));
            state.Save(newest);
        }
        byte[] bytes = File.ReadAllBytes(FilePath);
        newestSlot = bytes.AsSpan(32, newest.Length).SequenceEqual(newest) ? 0 : 2 * PageBytes;
        return bytes;
    }

    private static byte[] Payload(int seed)
    {
        byte[] payload = new byte[3000];
        new Random(seed).NextBytes(payload);
        return payload;
    }

    private byte[] Load()
    {
        using SignerStateFile state = SignerStateFile.Open(new RealDisk(), FilePath);
        return state.Load();
    }
}
